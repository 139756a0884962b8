// A resident at 360 pixels, with scripts and without, in both languages: from the search to the case taken back.
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { base, eventually, journey, look, next, pdf, phone } from "../harness.mjs";

const picture = fileURLToPath(new URL("../../../platform/testing/data/picture.png", import.meta.url));
const search = { th: "ไฟดับ", en: "lamp" };

async function reportsALight(page, lang, scripts) {
  const seen = async () => { if (scripts) await look(page); };
  await page.goto(`${base}/?lang=${lang}`);
  await seen();
  await page.fill("main #q", search[lang]);
  await page.locator("main form[role=search] button, main form.search button").first().click();
  await seen();
  await page.locator("main a[href='/services/street-light-repair']").first().click();
  await seen();
  await page.locator("main form[action$=drafts] button").first().click();
  await seen();
  await fillsIn(page, scripts, seen);
  const [number, secret] = await page.locator(".panel .number").allTextContents();
  assert.match(number, /^\d\d-\d{4}-\d{4}$/);
  await follows(page, { lang, number, secret, scripts, seen });
}

async function fillsIn(page, scripts, seen) {
  await next(page);
  assert.ok(await page.locator(".error-summary").isVisible(), "a refused form says so");
  await seen();
  await page.check("input[value=wire]");
  if (scripts) assert.ok(await page.locator("fieldset[data-visible-question=fault]").isVisible());
  await page.check("input[name=danger][value=yes]");
  await page.fill("#lights", "๓");
  await next(page);
  await seen();
  await page.fill("#place-place", "หน้าวัด หมู่ 4");
  await page.fill("#landmark", "สายไฟห้อยหน้าวัด");
  await page.setInputFiles("#picture", picture);
  await page.click("button[name=attach]");
  assert.ok(await page.locator("a", { hasText: "picture.png" }).first().isVisible(), "the photograph is there");
  assert.equal(await page.inputValue("#landmark"), "สายไฟห้อยหน้าวัด", "nothing typed is lost when a file is attached");
  await seen();
  await next(page);
  await seen();
  await page.fill("#full_name", "นางคำปุ่น ศรีสุข");
  await page.fill("#telephone", "12");
  await next(page);
  assert.equal(await page.inputValue("#full_name"), "นางคำปุ่น ศรีสุข", "nothing typed is lost");
  await seen();
  await page.fill("#telephone", "081-234-5678");
  await next(page);
  await page.check("#true_words");
  await next(page);
  assert.match(page.url(), /\/check$/);
  assert.ok((await page.textContent("main")).includes("picture.png"));
  await seen();
  await next(page);
  await seen();
}

async function follows(page, { lang, number, secret, scripts, seen }) {
  await page.context().clearCookies();
  await page.goto(`${base}/cases/${number}?lang=${lang}`);
  assert.ok(!(await page.textContent("main")).includes("คำปุ่น"), "without the secret there is nothing to see");
  await page.goto(`${base}/track?lang=${lang}`);
  await page.fill("#number", number.replaceAll("-", " "));
  await page.fill("#secret", "WRONG");
  await next(page);
  assert.ok(await page.locator(".error-summary").isVisible());
  await seen();
  await page.fill("#secret", secret.toLowerCase());
  await next(page);
  await seen();
  await page.fill("textarea[name=text]", "เพิ่มเติม: อยู่หน้าร้านก๋วยเตี๋ยว");
  await page.locator("form[action$=supplements] button:visible").last().click();
  assert.ok((await page.textContent("main")).includes("ร้านก๋วยเตี๋ยว"));
  const [, receipt] = await eventually(page, /href="(\/cases\/[^"]+\/documents\/[^"]+)"/);
  await pdf(page, receipt);
  await page.click("a[href$=withdrawal]");
  await seen();
  await page.click("button.danger");
  assert.ok(await page.locator(".tag.withdrawn").first().isVisible());
  if (scripts) await look(page);
}

for (const lang of ["th", "en"]) {
  await journey(`a resident reports a light, ${lang}, with scripts`, phone, (page) => reportsALight(page, lang, true));
  await journey(`a resident reports a light, ${lang}, without scripts`, { ...phone, javaScriptEnabled: false },
    (page) => reportsALight(page, lang, false));
}

await journey("a resident puts an application by and goes on elsewhere", phone, async (page) => {
  await page.goto(`${base}/services/street-light-repair?lang=th`);
  await page.locator("main form[action$=drafts] button").first().click();
  await page.check("input[value=out]");
  await page.click("button[name=later]");
  await look(page);
  const link = await page.inputValue("#link");
  await page.context().clearCookies();
  await page.goto(link);
  await look(page);
  await next(page);
  await look(page);
  await page.locator("main a[href*='/steps/']").first().click();
  assert.ok(await page.isChecked("input[value=out]"), "what was typed is there");
});

await journey("a resident signs in with a code by e-mail and finds the case", phone, async (page) => {
  const email = `somsri-${Date.now()}@mail.example`;
  await page.goto(`${base}/sign-in/email?next=/my/cases&lang=th`);
  await page.fill("#email", email);
  await next(page);
  await look(page);
  const outbox = await (await page.request.get(`${base}/outbox`)).text();
  await page.fill("#code", outbox.split(email).at(1).match(/\b\d{6}\b/)[0]);
  await next(page);
  await look(page);
  for (const path of ["/account", "/account/sessions", "/account/password", "/account/second-factor", "/messages", "/my/cases"]) {
    await page.goto(`${base}${path}`);
    await look(page);
  }
});
