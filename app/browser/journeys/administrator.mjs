// The IT officer adds a colleague, who sets a password and an authenticator, and signs in with both.
import assert from "node:assert/strict";
import { authenticator, base, desk, journey, look, next, open, phone } from "../harness.mjs";
import { entersAs } from "./people.mjs";

const password = "ข้าวเหนียวมะม่วงหน้าร้อน";
const pages = ["/admin", "/admin/people", "/admin/people/new", "/admin/roles", "/admin/holidays", "/admin/jobs", "/admin/messages"];

async function invites(page, email) {
  await page.goto(`${base}/admin/people/new`);
  await page.fill("#email", "no address");
  await next(page);
  assert.ok(await page.locator(".error-summary").isVisible());
  await look(page);
  await page.fill("#name", "นางสาวพิมพ์ใจ ใหม่มา");
  await page.fill("#position", "เจ้าพนักงานธุรการ");
  await page.fill("#email", email);
  await next(page);
  await look(page);
  await page.locator("details", { has: page.locator("form[action$=appointments]") }).locator("summary").click();
  await page.locator("#role, select[name=role]").first().selectOption("officer").catch(() => page.check("input[name=role][value=officer]"));
  await page.locator("form[action$=appointments] .actions button").click();
  await look(page);
  await page.locator("form[action$=invitation] button").click();
  await look(page);
  return (await page.locator("[role=status] .words").textContent()).trim();
}

/** The key as the page spells it out for people who cannot scan. */
async function setsUp(page, invitation) {
  await page.goto(invitation);
  await look(page);
  await page.fill("#password", "12345");
  await next(page);
  assert.ok(await page.locator(".error-summary").isVisible(), "a short password is refused");
  await page.fill("#password", password);
  await next(page);
  await look(page);
  const key = await page.locator("input[name=secret]").inputValue();
  await page.fill("#code", authenticator(key));
  await next(page);
  await look(page);
  return key;
}

async function signsIn(page, email, key) {
  await page.goto(`${base}/desk`);
  assert.match(page.url(), /sign-in/);
  await page.fill("#email", email);
  await page.fill("#password", password);
  await page.locator("form[action='/sign-in'] .actions button").click();
  await look(page);
  await page.fill("#code", "000000");
  await next(page);
  assert.ok(await page.locator(".error-summary").isVisible());
  await page.fill("#code", authenticator(key, Date.now() + 30_000));
  await next(page);
  assert.match(page.url(), /\/desk$/);
  await look(page);
}

await journey("a colleague is added, invited, and signs in with password and authenticator", desk, async (page) => {
  const email = `phimchai-${Date.now()}@salathong.example`;
  await entersAs(page, "นายกิตติศักดิ์ ทองสุข", "th");
  const invitation = await invites(page, email);
  const context = await page.context().browser().newContext({ ...phone, bypassCSP: true });
  const colleague = await context.newPage();
  const key = await setsUp(colleague, invitation);
  await context.clearCookies();
  await signsIn(colleague, email, key);
  await context.close();
});

for (const lang of ["th", "en"]) {
  for (const [name, size] of [["phone", phone], ["desk", desk]]) {
    await journey(`every page of the administrator on a ${name}, ${lang}`, size, async (page) => {
      await entersAs(page, "นายกิตติศักดิ์ ทองสุข", lang);
      for (const path of pages) await open(page, path, lang);
      await page.goto(`${base}/admin/people`);
      await page.locator("main a[href^='/admin/people/0']").first().click();
      await look(page);
    });
  }
}
