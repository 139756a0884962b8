// What anyone may open: every link of the public pages, on a phone and on a desk, in both languages.
import assert from "node:assert/strict";
import { base, desk, journey, look, next, open, phone } from "../harness.mjs";

const addresses = ["/", "/services", "/track", "/documents/AAAAAAAAAAAA", "/about", "/contact", "/accessibility", "/privacy",
  "/sitemap", "/sign-in", "/sign-in/email", "/outbox", "/components"];

/** The addresses that the pages of the portal lead to, without those of a thing that comes and goes. */
async function services(page) {
  await page.goto(`${base}/services`);
  const links = await page.locator("main a[href^='/services/']").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
  return [...new Set(links)];
}

for (const lang of ["th", "en"]) {
  for (const [name, size] of [["phone", phone], ["desk", desk]]) {
    await journey(`every public page on a ${name}, ${lang}`, size, async (page) => {
      const found = await services(page);
      assert.equal(found.length, 8, "eight services");
      for (const path of [...addresses, ...found]) await open(page, path, lang);
      await page.goto(`${base}/nothing?lang=${lang}`);
      await look(page);
      assert.ok(await page.locator("main a").count() > 0, "an error page has a way on");
    });
  }

  await journey(`larger text keeps the page whole, ${lang}`, phone, async (page) => {
    for (const path of ["/", "/services/elderly-allowance", "/track"]) await open(page, `${path}?size=larger`, lang);
    await page.locator("main form button.button").first().click();
    await look(page);
  });

  await journey(`the first step of every form, ${lang}`, phone, async (page) => {
    for (const path of await services(page)) {
      await page.goto(`${base}${path}?lang=${lang}`);
      await page.locator("main form[action$=drafts] button").first().click();
      await look(page);
      await next(page);
      await look(page);
    }
  });
}

await journey("the first view weighs less than 100 KB", {}, async (page) => {
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  let weight = 0;
  client.on("Network.loadingFinished", (event) => { weight += event.encodedDataLength; });
  await page.goto(`${base}/`, { waitUntil: "networkidle" });
  console.log(`   ${(weight / 1000).toFixed(1)} KB`);
  assert.ok(weight > 0 && weight < 100_000, `${weight} bytes`);
});

await journey("a keyboard alone reaches the services", {}, async (page) => {
  await page.goto(`${base}/?lang=th`);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("href")), "#main", "first of all past the menu");
  await page.keyboard.press("Enter");
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => document.activeElement.getAttribute("href") ?? "");
    const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.notEqual(ring, "none", `nothing shows that the focus is on ${at}`);
    if (at.startsWith("/services/")) return;
  }
  assert.fail("no service within thirty presses");
});
