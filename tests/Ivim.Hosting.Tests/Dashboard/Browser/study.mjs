// A study on its way to its maps: sign in, preview, items, maps, report, roles.

import { found, run } from "./session.mjs";

await run(async (session, { request, token, viewer }) => {
  const { page, go, picture, text, until, signIn } = session;

  await page.goto(session.base + "/");
  await page.fill("#token", "not-a-token-of-this-server");
  await page.click("button[type=submit]");
  found("wrong token", await text(".login .notice"));
  await picture("login");
  await signIn(token);
  found("title", await page.title());

  // Only now does the study begin: its first slab cannot be missed.
  const submitted = await fetch(session.base + "/api/v1/studies", {
    method: "POST",
    body: request,
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
  });
  const { study } = await submitted.json();
  await go(`#/study/${study}/maps`);
  await page.waitForSelector(".readout td");
  found("preview", await text(".notice.info"));
  await picture("preview");

  await page.waitForSelector(".page-head .chip-published", { timeout: 300000 });
  await until(() => document.querySelector(".notice.info") === null);
  await page.waitForSelector(".readout td");
  await waitStill(page);
  await picture("maps");
  found("pictures", await page.$$eval(".view", views => views.map(view => view.querySelector("h3").textContent)));
  found("colours", await session.colours(".view .stage canvas"));
  const before = await readout(page);
  await page.locator(".view .stage canvas").first().focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("PageUp");
  await until(moved, before.place);
  const after = await readout(page);
  found("crosshair", { before, after });
  const box = await page.locator(".view .stage canvas").nth(2).boundingBox();
  await page.mouse.click(box.x + box.width * 0.4, box.y + box.height * 0.45);
  await until(moved, after.place);
  found("clicked", await readout(page));

  await page.click(".tabs a:has-text('Items')");
  await page.waitForSelector(".grid .cell-done");
  found("cells", await page.$$eval(".cell", cells => cells.map(cell => cell.getAttribute("aria-label"))));
  await page.focus("[data-item='train/slab-000/member-00']");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForSelector(".items .facts");
  found("item", await text(".items section:nth-child(2) h2"));
  found("bars", await page.$$eval(".lanes rect", bars => bars.length));
  await picture("items");

  await page.click(".tabs a:has-text('Why')");
  await page.waitForSelector("#content table");
  found("why", await text(".stack.wide > p"));
  await page.click(".tabs a:has-text('History')");
  await page.waitForSelector("caption:has-text('History of the study')", { state: "attached" });
  found("history", await page.$$eval("#content tbody tr", rows => rows.length));
  await picture("history");
  await page.click(".tabs a:has-text('Report')");
  const frame = await (await page.waitForSelector("iframe.report")).contentFrame();
  await frame.waitForSelector("h2");
  found("report", {
    heading: await frame.locator("h1").innerText(),
    styled: await frame.evaluate(() => getComputedStyle(document.querySelector("h2")).borderTopStyle),
  });
  await picture("report");

  await go("#/workers");
  await page.waitForSelector("tbody a");
  await picture("workers");
  await page.click("tbody a");
  await page.waitForSelector("h1.mono");
  found("worker", await text("#content"));

  found("stored", await page.evaluate(() => [Object.keys(sessionStorage), Object.keys(localStorage), document.cookie]));
  found("token in an address", session.addresses.filter(address => address.includes(token)).length);
  await page.click("text=Sign out");
  await page.waitForSelector("#token");
  found("signed out", await page.evaluate(() => sessionStorage.length));
  await signIn(viewer);
  await go(`#/study/${study}/maps`);
  await page.waitForSelector(".readout td");
  found("viewer", {
    buttons: await page.$$eval(".page-head button", buttons => buttons.map(one => one.textContent)),
    ground: await page.getByRole("group", { name: "Ground" }).count(),
    role: await text(".who span"),
  });
  found("trouble", session.trouble);
  found("foreign", session.foreign);
});

function moved(old) {
  return document.querySelector(".readout .figure").textContent !== old;
}

function readout(page) {
  return page.evaluate(() => ({
    place: document.querySelector(".readout .figure").textContent,
    rows: [...document.querySelectorAll(".readout tbody tr")].map(row => [...row.cells].map(cell => cell.textContent)),
  }));
}

/** Until the pictures are drawn: the last thing is the readout of the crosshair. */
async function waitStill(page) {
  for (let same = 0, last = ""; same < 3; await page.waitForTimeout(250)) {
    const now = JSON.stringify(await readout(page).catch(() => null));
    same = now === last ? same + 1 : 0;
    last = now;
  }
}
