// Journeys in a real browser, on a phone's width, with and without scripts, in both languages;
// axe looks at every page reached. Expects the demo town at SALA_BASE_URL.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const base = process.env.SALA_BASE_URL;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });
let passed = 0;
let failed = 0;
let looked = 0;

/** Looks at a page as it is; axe runs in a copy with scripts, since it needs them itself. */
async function look(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  assert.equal(wide, false, `${page.url()} scrolls sideways`);
  const violations = await page.evaluate(`(async () => { ${axe}; return (await window.axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })).violations; })()`);
  const told = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ")}`);
  assert.deepEqual(told, [], page.url());
  looked += 1;
}

async function journey(name, options, story) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, bypassCSP: true, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  page.on("pageerror", (error) => { throw error; });
  try {
    await story(page);
    passed += 1;
    console.log(`ok ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name} at ${page.url()}\n${error.stack}`);
  }
  await context.close();
}

const next = (page) => page.locator("main form button.button").last().click();

async function reportsALight(page, lang, scripts) {
  const seen = async () => { if (scripts) await look(page); };
  await page.goto(`${base}/?lang=${lang}`);
  await seen();
  await page.fill("#q", lang === "th" ? "ไฟดับ" : "lamp");
  await page.click("main form button");
  await seen();
  await page.click(".card a");
  await seen();
  await page.click("main form button");
  await seen();
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
  await next(page);
  await seen();
  await page.fill("#full_name", "นางคำปุ่น ศรีสุข");
  await page.fill("#telephone", "12");
  await next(page);
  assert.equal(await page.inputValue("#full_name"), "นางคำปุ่น ศรีสุข", "nothing typed is lost");
  await page.fill("#telephone", "081-234-5678");
  await next(page);
  await page.check("#true_words");
  await next(page);
  await seen();
  await next(page);
  await seen();
  const [number, secret] = await page.locator(".panel .number").allTextContents();
  assert.match(number, /^\d\d-\d{4}-\d{4}$/);
  await page.context().clearCookies();
  await page.goto(`${base}/track?lang=${lang}`);
  await page.fill("#number", number.replaceAll("-", " "));
  await page.fill("#secret", "WRONG");
  await next(page);
  assert.ok(await page.locator(".error-summary").isVisible());
  await seen();
  await page.fill("#secret", secret);
  await next(page);
  await seen();
  await page.fill("#text", "เพิ่มเติม");
  await page.locator("form[action$=supplements] button").click();
  assert.ok((await page.textContent("main")).includes("เพิ่มเติม"));
  const [download] = await Promise.all([receipt(page), page.reload()]);
  assert.ok(download);
  await page.click("a[href$=withdrawal]");
  await seen();
  await page.click("button.danger");
  assert.ok(await page.locator(".tag.withdrawn").isVisible());
}

/** The receipt is printed by a job: asked for until it is there. */
async function receipt(page) {
  const address = page.url();
  for (let tries = 0; tries < 60; tries += 1) {
    const html = await (await page.request.get(address)).text();
    const link = html.match(/href="(\/cases\/[^"]+\/documents\/[^"]+)"/);
    if (link) {
      const pdf = await page.request.get(base + link[1]);
      return pdf.headers()["content-type"] === "application/pdf" && (await pdf.body()).subarray(0, 4).toString() === "%PDF";
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  return false;
}

for (const lang of ["th", "en"]) {
  await journey(`a resident reports a light, ${lang}, with scripts`, {}, (page) => reportsALight(page, lang, true));
  await journey(`a resident reports a light, ${lang}, without scripts`, { javaScriptEnabled: false },
    (page) => reportsALight(page, lang, false));
  await journey(`every public page on a desk, ${lang}`, { viewport: { width: 1280, height: 900 } }, async (page) => {
    for (const path of ["/", "/services", "/services/elderly-allowance", "/track", "/documents/AAAAAAAAAAAA", "/nothing"]) {
      await page.goto(`${base}${path}?lang=${lang}`);
      await look(page);
    }
    await page.goto(`${base}/services/elderly-allowance?size=larger&lang=${lang}`);
    await look(page);
    await page.click("main form button");
    await look(page);
    await next(page);
    await look(page);
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

await browser.close();
console.log(`axe looked at ${looked} pages`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
