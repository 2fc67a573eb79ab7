// A real Chromium on the dashboard. Each scenario gets what a person has: pages, a keyboard and a mouse.

import { createRequire } from "node:module";
import { mkdirSync } from "node:fs";

const { tools, chromium: program, base, pictures, ...given } = JSON.parse(process.argv[2]);
const { chromium } = createRequire(import.meta.url)(tools + "/playwright-core");

/** What is found goes to standard output, one JSON object a line; the test beside judges it. */
export const found = (name, value) => process.stdout.write(JSON.stringify({ name, value }) + "\n");

/** @param {(session: Object, given: Object) => Promise<void>} scenario */
export async function run(scenario) {
  mkdirSync(pictures, { recursive: true });
  const browser = await chromium.launch({
    executablePath: program,
    args: [
      "--headless",
      "--no-sandbox",
      "--use-gl=angle",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--disable-dev-shm-usage",
    ],
  });
  try {
    await scenario(await open(browser), given);
  } catch (error) {
    found("trouble", String(error.stack ?? error).slice(0, 2000));
    process.exitCode = 1;
  } finally {
    await browser.close();
  }
}

async function open(browser) {
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(60000);
  const trouble = [],
    foreign = [],
    addresses = [];
  page.on("pageerror", error => trouble.push(`error: ${error.message}`));
  page.on("console", message => {
    if (message.text().startsWith("policy ")) trouble.push(message.text());
  });
  page.on("dialog", dialog => {
    trouble.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", request => {
    const url = new URL(request.url());
    addresses.push(request.url());
    if (!["data:", "blob:"].includes(url.protocol) && url.origin !== new URL(base).origin) foreign.push(request.url());
  });
  await page.addInitScript(() =>
    document.addEventListener("securitypolicyviolation", event =>
      console.error(`policy ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
    ),
  );
  return {
    base,
    page,
    context,
    trouble,
    foreign,
    addresses,
    go: hash => page.goto(`${base}/ui/${hash}`),
    picture: name => page.screenshot({ path: `${pictures}/${name}.png`, fullPage: true }),
    /** Asks again and again: the page's policy forbids the script that Playwright would put into it. */
    async until(predicate, given) {
      for (let asked = 0; !(await page.evaluate(predicate, given)); asked++) {
        if (asked > 1200) throw new Error(`never true: ${predicate}`);
        await page.waitForTimeout(100);
      }
    },
    /** Distinct colours, greys left out, of each element as it is drawn. */
    async colours(selector) {
      const counts = [];
      for (const element of await page.locator(selector).all()) {
        const picture = (await element.screenshot()).toString("base64");
        counts.push(
          await page.evaluate(async text => {
            const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(text), c => c.charCodeAt(0))]));
            const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
            context.drawImage(bitmap, 0, 0);
            const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height),
              seen = new Set();
            for (let i = 0; i < data.length; i += 4)
              if (Math.max(data[i], data[i + 1], data[i + 2]) - Math.min(data[i], data[i + 1], data[i + 2]) > 24)
                seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
            return seen.size;
          }, picture),
        );
      }
      return counts;
    },
    text: selector => page.locator(selector).first().innerText(),
    async signIn(token) {
      await page.goto(base + "/");
      await page.fill("#token", token);
      await page.keyboard.press("Enter");
      await page.waitForSelector(".tiles");
    },
  };
}
