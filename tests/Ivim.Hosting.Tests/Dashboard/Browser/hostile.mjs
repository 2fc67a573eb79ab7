// Every text of every answer is turned into markup that would say so if it were taken as such.

import { found, run } from "./session.mjs";

const MARKUP = "<img src=x onerror=\"alert('canary')\"><script>alert('canary')</script>'\"&";

/** Words that pages choose by; they stay, or the pages would show nothing. */
const KEPT = new Set(["phase", "state", "role", "stage", "fact", "at", "status"]);

await run(async (session, { study, cohort, token }) => {
  const { page, go, picture } = session;
  await session.signIn(token);
  await page.route("**/api/v1/**", async route => {
    if (/\/events$|\/preview\/|\/artifacts\/|\/report$|\/scan$/.test(new URL(route.request().url()).pathname))
      return route.continue();
    const answer = await route.fetch();
    const text = await answer.text();
    await route.fulfill({ response: answer, body: JSON.stringify(hostile(JSON.parse(text))) });
  });
  const seen = [];
  for (const [name, hash, ready] of [
    ["overview", "#/", ".bar"],
    ["cohort", `#/cohort/${encodeURIComponent(cohort)}`, "#entries td"],
    ["studies", "#/studies", "tbody td"],
    ["workers", "#/workers", "tbody td"],
    ["worker", `#/workers/${encodeURIComponent(MARKUP)}`, "h1.mono"],
    ["items", `#/study/${study}/items`, ".cell"],
    ["why", `#/study/${study}/why`, "#content table"],
    ["history", `#/study/${study}/history`, "#content tbody td"],
    ["unknown", `#/study/${encodeURIComponent(MARKUP)}`, ".notice"],
  ]) {
    await go(hash);
    await page.waitForSelector(ready);
    if (name === "items") {
      await page.locator(".cell").first().click();
      await page.waitForSelector(".items .facts");
    }
    await page.waitForTimeout(300);
    seen.push({
      name,
      told: (await page.locator("body").innerText()).includes("alert('canary')"),
      born: await page.evaluate(() => document.querySelectorAll("#content img, #content script, [onerror]").length),
    });
    await picture(`hostile-${name}`);
  }
  found("pages", seen);
  found("trouble", session.trouble);
  found("foreign", session.foreign);
});

function hostile(value, name = "") {
  if (typeof value === "string") return KEPT.has(name) ? value : value + MARKUP;
  if (Array.isArray(value)) return value.map(one => hostile(one, name));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, hostile(one, key)]));
}
