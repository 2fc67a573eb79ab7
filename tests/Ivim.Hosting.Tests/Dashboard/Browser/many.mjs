// A cohort of very many studies: pages, filters, orders, and how long the first row takes.

import { found, run } from "./session.mjs";

await run(async (session, { cohort, token, viewer }) => {
  const { page, go, picture, text, until, signIn } = session;
  await signIn(token);
  await page.waitForSelector(".bar");
  await picture("many-overview");
  found("overview", await page.$$eval(".tile dd", figures => figures.map(figure => figure.firstChild.textContent)));
  const begun = performance.now();
  await page.click(`a:text-is("${cohort}")`);
  await page.waitForSelector("#entries tbody tr");
  found("first row", performance.now() - begun);
  await picture("many-cohort");
  found("rows", {
    rows: await page.locator("#entries tbody tr").count(),
    pager: await text("#entries .pager span"),
    elements: await page.evaluate(() => document.querySelectorAll("*").length),
  });
  await page.click("#entries .pager button:has-text('Next')");
  await until(() => document.querySelector("#entries .pager span").textContent.startsWith("51 "));
  found("second page", await text("#entries .pager span"));
  const turning = performance.now();
  await page.selectOption("#centre", "C07");
  await until(() =>
    [...document.querySelectorAll("#entries tbody tr")].every(row => row.cells[1].textContent === "C07"),
  );
  found("filtered", { took: performance.now() - turning, pager: await text("#entries .pager span") });
  await page.selectOption("#phase", "refused");
  await until(() =>
    [...document.querySelectorAll("#entries tbody tr")].every(row => row.cells[2].textContent === "refused"),
  );
  found("refused", {
    codes: await page.$$eval("#entries tbody tr", rows => rows.map(row => row.cells[4].textContent)),
    why: await text("h2:has-text('Why it is not finishing')"),
  });
  await page.locator("#entries tbody button:has-text('Retry')").first().click();
  await page.waitForSelector(".notice.info, .notice.grave");
  found("retried", await text(".notice.info, .notice.grave"));
  await page.click("button:has-text('Cancel all')");
  await page.waitForSelector("dialog[open]");
  await picture("many-sure");
  await page.keyboard.press("Escape");
  found("not sure", await text(".page-head .chip"));
  await page.click("button:has-text('Cancel all')");
  await page.click("dialog button:has-text('Cancel all')");
  await page.waitForSelector(".page-head .chip-ended", { timeout: 120000 });
  found("cancelled", await text(".page-head .chip"));
  await page.click("text=Sign out");
  await signIn(viewer);
  await go(`#/cohort/${cohort}`);
  await page.waitForSelector("#entries tbody tr");
  found("viewer", await page.$$eval(".page-head button, #entries tbody button", buttons => buttons.length));
  found("trouble", session.trouble);
  found("foreign", session.foreign);
});
