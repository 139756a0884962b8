// What people of several journeys do.
import { base, look, next } from "../harness.mjs";

/** One press on the demo's page of people. */
export async function entersAs(page, name, lang) {
  await page.goto(`${base}/sign-in?lang=${lang}`);
  await look(page);
  await page.locator("ul.cast button", { hasText: name }).first().click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  await look(page);
}

/** Reports a street light without looking about; its number. */
export async function sendsALight(page) {
  await page.goto(`${base}/services/street-light-repair?lang=th`);
  await page.locator("main form[action$=drafts] button").first().click();
  return fillsInALight(page);
}

/** From the first step of the form to the sent application. */
export async function fillsInALight(page) {
  await page.check("input[value=out]");
  await page.fill("#lights", "1");
  await next(page);
  await page.fill("#place-place", "ซอย 3 หมู่ 7");
  await page.fill("#landmark", "ไฟดับหน้าบ้านผู้ใหญ่");
  await next(page);
  await page.fill("#full_name", "นายบุญมี มีสุข");
  await page.fill("#telephone", "0812345678");
  await next(page);
  await page.check("#true_words");
  await next(page);
  await next(page);
  return { number: new URL(page.url()).pathname.split("/").at(-1) };
}
