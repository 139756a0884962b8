// An officer takes a case from the inbox to the decision, and the resident gets the letter.
import assert from "node:assert/strict";
import { base, desk, eventually, journey, look, next, open, pdf, phone } from "../harness.mjs";
import { entersAs, sendsALight } from "./people.mjs";

/** In the inbox under "all", where what has just come is found by its number. */
async function finds(page, number) {
  await page.goto(`${base}/desk`);
  await look(page);
  await page.fill("#q", number);
  await page.locator("form[role=search] button").click();
  await look(page);
  await page.locator("a.case-number", { hasText: number }).click();
  await look(page);
}

async function decides(page, lang, size) {
  const resident = await page.context().browser().newContext({ ...phone, bypassCSP: true });
  const home = await resident.newPage();
  const { number } = await sendsALight(home);
  await entersAs(page, "นายธีระพงษ์ แก้วคำ", lang);
  await finds(page, number);
  await page.locator("form[action$=assignment] button").first().click();
  await page.fill("#note", "ต้องใช้รถกระเช้า");
  await page.locator("form[action$=notes] button").click();
  await page.locator("form[action$=answers] button").click();
  assert.ok(await page.locator(".error-summary").isVisible(), "an empty answer is refused");
  await look(page);
  await page.fill("#answer", "ได้รับเรื่องแล้ว ช่างจะออกไปพรุ่งนี้");
  await page.locator("form[action$=answers] button").click();
  await asks(page, home, number);
  await page.locator("a[href*='decision/new']").first().click();
  await look(page);
  await next(page);
  assert.ok(await page.locator(".error-summary").isVisible(), "a decision needs reasons");
  await page.fill("#decision", "เปลี่ยนหลอดไฟเรียบร้อยแล้ว");
  await next(page);
  assert.ok((await page.locator(".letter").textContent()).includes("เปลี่ยนหลอดไฟเรียบร้อยแล้ว"), "the letter is shown first");
  await look(page);
  await next(page);
  await look(page);
  const [, letter] = await eventually(page, /href="([^"]+)"[^>]*>[^<]*\(PDF\)/);
  await pdf(page, letter);
  await receives(home, number);
  await resident.close();
  if (size === desk) await open(page, "/desk?view=closed", lang);
}

async function asks(page, home, number) {
  const begin = page.locator("form[action$=progress] button").first();
  if (await begin.count() > 0) await begin.click();
  await page.locator("a[href*='request/new']").first().click();
  await look(page);
  await page.fill("#ask", "เสาต้นที่เท่าไรนับจากปากซอย");
  await next(page);
  await look(page);
  await home.goto(`${base}/cases/${number}`);
  await look(home);
  assert.ok((await home.textContent("main")).includes("เสาต้นที่เท่าไร"));
  await home.fill("textarea[name=text]", "ต้นที่สามค่ะ");
  await home.locator("form[action$=supplements] button:visible").last().click();
  await page.reload();
  assert.ok((await page.textContent("main")).includes("ต้นที่สามค่ะ"));
}

async function receives(home, number) {
  await home.goto(`${base}/cases/${number}`);
  await look(home);
  const text = await home.textContent("main");
  assert.ok(text.includes("เปลี่ยนหลอดไฟเรียบร้อยแล้ว") && !text.includes("รถกระเช้า"), "reasons yes, notes no");
  const found = await eventually(home, /href="(\/cases\/[^"]+\/documents\/[^"]+)"[^]*href="(\/cases\/[^"]+\/documents\/[^"]+)"/);
  for (const path of found.slice(1)) await pdf(home, path);
}

await journey("an officer decides on a desk, th", desk, (page) => decides(page, "th", desk));
await journey("an officer decides on a phone, en", phone, (page) => decides(page, "en", phone));

for (const lang of ["th", "en"]) {
  await journey(`every view of the inbox, ${lang}`, lang === "th" ? phone : desk, async (page) => {
    await entersAs(page, "นายธีระพงษ์ แก้วคำ", lang);
    await page.goto(`${base}/desk`);
    const views = await page.locator(".tabs a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    assert.ok(views.length >= 5, "mine, my unit's, unassigned, waiting, overdue");
    for (const view of views) await open(page, view, lang);
    const filled = views.at(-1);
    await page.goto(`${base}${filled}`);
    const older = page.locator("main nav a[href*=before]");
    if (await older.count() > 0) {
      await older.first().click();
      await look(page);
    }
    await open(page, "/messages", lang);
  });
}
