// The front desk applies for someone who came in person, and hands over the slip.
import assert from "node:assert/strict";
import { base, desk, journey, look, next, phone } from "../harness.mjs";
import { entersAs, fillsInALight } from "./people.mjs";

async function appliesFor(page, lang) {
  await entersAs(page, "นางสาวปาริชาติ ดวงดี", lang);
  await page.goto(`${base}/counter`);
  await look(page);
  await next(page);
  assert.ok(await page.locator(".error-summary").isVisible(), "the channel and the service must be chosen");
  await look(page);
  await page.check("input[name=channel][value=counter]");
  await page.check("input[name=service][value=street-light-repair]");
  await next(page);
  await look(page);
  const { number } = await fillsInALight(page);
  assert.match(number, /^\d\d-\d{4}-\d{4}$/);
  await look(page);
  await page.goto(`${base}/counter`);
  await look(page);
}

await journey("the front desk applies for someone, th", desk, (page) => appliesFor(page, "th"));
await journey("the front desk applies for someone, en", phone, (page) => appliesFor(page, "en"));
