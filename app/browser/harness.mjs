// What journeys share: a browser, a person's window, axe, a look at the page, and the count at the end.
// Expects the demo town at SALA_BASE_URL. With words after the command only journeys that hold them run.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

export const base = process.env.SALA_BASE_URL;
export const phone = { viewport: { width: 360, height: 740 } };
export const desk = { viewport: { width: 1280, height: 900 } };

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });
const wanted = process.argv.slice(2);
const count = { passed: 0, failed: 0, looked: 0 };

/** Looks at a page as it is: nothing scrolls sideways, nothing that axe knows of is wrong, no word is missing. */
export async function look(page) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${page.url()} scrolls ${wide} pixels sideways`);
  const violations = await page.evaluate(`(async () => { ${axe}; return (await window.axe.run(document, {
    runOnly: ${JSON.stringify(rules)} })).violations; })()`);
  const told = violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ")}`);
  assert.deepEqual(told, [], page.url());
  const text = await page.locator("body").innerText();
  assert.doesNotMatch(text, /\b(casework|identity|web|problem)-[a-z-]+\b|\{ ?\$/, `${page.url()} shows a key`);
  count.looked += 1;
}

/** A person's own window, and what they do in it. */
export async function journey(name, options, story) {
  if (wanted.length > 0 && !wanted.some((words) => name.includes(words))) return;
  const begun = Date.now();
  const context = await browser.newContext({ ...phone, bypassCSP: true, ...options });
  const page = await context.newPage();
  const faults = [];
  page.setDefaultTimeout(15000);
  page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
  page.on("response", (answer) => { if (answer.status() >= 500) faults.push(`${answer.status()} ${answer.url()}`); });
  try {
    await story(page);
    assert.deepEqual(faults, []);
    count.passed += 1;
    console.log(`ok ${name} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
  } catch (error) {
    count.failed += 1;
    console.log(`FAILED ${name} at ${page.url()}\n${error.stack}`);
    if (process.env.SALA_PICTURES) await page.screenshot({ path: `${process.env.SALA_PICTURES}/${name.replaceAll(/\W+/g, "-")}.png` });
  }
  await context.close();
}

/** The main button of the page, that which takes its form on. */
export const next = (page) => page.locator(":is(main form .actions, main form.actions) > button.button:not(.secondary)").first().click();

/** Opens a page in that language and looks at it. */
export async function open(page, path, lang) {
  const mark = path.includes("?") ? "&" : "?";
  const answer = await page.goto(`${base}${path}${mark}lang=${lang}`);
  assert.ok(answer.status() < 400, `${path}: ${answer.status()}`);
  await look(page);
}

/** The six digits that an authenticator shows for a key at this moment (RFC 6238). */
export function authenticator(key, at = Date.now()) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...key.replaceAll(/[\s=]/g, "")].map((sign) => alphabet.indexOf(sign).toString(2).padStart(5, "0")).join("");
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const moment = Buffer.alloc(8);
  moment.writeBigUInt64BE(BigInt(Math.floor(at / 30000)));
  const digest = createHmac("sha1", secret).update(moment).digest();
  const from = digest.at(-1) & 15;
  return String((digest.readUInt32BE(from) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

/** Asks for a page until it holds what a job makes, such as a printed letter. */
export async function eventually(page, pattern) {
  for (let tries = 0; tries < 120; tries += 1) {
    const found = (await (await page.request.get(page.url())).text()).match(pattern);
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error(`${pattern} did not come to ${page.url()}`);
}

/** Fetches a file with the cookies of the page, and sees that it is a PDF. */
export async function pdf(page, path) {
  const answer = await page.request.get(base + path);
  assert.equal(answer.headers()["content-type"], "application/pdf", path);
  const body = await answer.body();
  assert.equal(body.subarray(0, 4).toString(), "%PDF");
  return body;
}

export async function finish() {
  await browser.close();
  console.log(`axe looked at ${count.looked} pages; ${count.passed} journeys passed, ${count.failed} failed`);
  process.exit(count.failed === 0 && count.passed > 0 ? 0 : 1);
}
