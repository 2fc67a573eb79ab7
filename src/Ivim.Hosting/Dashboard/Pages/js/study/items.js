// The items of a study as a grid, slabs by networks, with one of them in detail; and when each was done.

import { at, get, pause, query } from "../api.js";
import { h, put } from "../dom.js";
import { chip, meterWithFigure, refused, table } from "../parts.js";
import { moment, percent, short, signOf, span, whole } from "../words.js";
import { allFacts, factText } from "./facts.js";
import { timeline } from "./timeline.js";

const PAGE = 1000,
  PAUSE = 2000;

const STATES = ["waiting", "ready", "running", "done", "reused", "failed", "stopped"];

export async function items(place, context) {
  const { signal, study } = context;
  const [grid, detail, times] = Array.from({ length: 3 }, () => h("div"));
  put(
    place,
    h(
      "div",
      { class: "stack wide" },
      h(
        "div",
        { class: "items" },
        h("section", { class: "panel" }, h("div", { class: "row" }, h("h2", {}, "Items")), grid),
        h("section", { class: "panel", "aria-live": "polite" }, detail),
      ),
      h("section", { class: "panel" }, h("div", { class: "row" }, h("h2", {}, "Timeline")), times),
    ),
  );
  let picked = null,
    list = [],
    before = "";
  const pick = async item => {
    picked = item;
    for (const cell of grid.querySelectorAll(".cell")) cell.setAttribute("aria-pressed", cell.dataset.item === picked);
    await show();
  };
  const show = async () =>
    put(
      detail,
      await detailOf(
        study,
        list.find(one => one.item === picked),
        signal,
      ),
    );
  while (!signal.aborted) {
    try {
      list = await allItems(study, signal);
      const now = JSON.stringify(list);
      if (now !== before) {
        before = now;
        put(grid, gridOf(list, picked, pick));
        await show();
        put(times, timeline(await allFacts(study, signal)));
      }
    } catch (error) {
      if (signal.aborted) return;
      put(grid, refused(error));
    }
    await pause(context.view().phase === "running" ? PAUSE : 4 * PAUSE, signal);
  }
}

async function allItems(study, signal) {
  const list = [];
  for (let from = 0; from !== null;) {
    const page = await get(at`/studies/${study}/items` + query({ from, most: PAGE }), signal);
    list.push(...page.items);
    from = page.next;
  }
  return list;
}

function gridOf(list, picked, pick) {
  const members = 1 + Math.max(-1, ...list.map(one => one.member ?? -1));
  const slabs = 1 + Math.max(-1, ...list.map(one => one.slab ?? -1));
  const find = (stage, slab, member) =>
    list.find(one => one.stage === stage && one.slab === slab && one.member === member);
  const cell = one => (one ? cellOf(one, picked, pick) : null);
  const byKey = new Map(list.map(one => [`${one.stage} ${one.slab} ${one.member}`, one]));
  const quick = (stage, slab, member) => cell(byKey.get(`${stage} ${slab} ${member}`));
  const numbers = Array.from({ length: members }, (_, i) => i);
  const line = (name, cells, last = null) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, name),
      cells.map(one => h("td", {}, one)),
      h("td", {}, last),
    );
  const singles = ["prepare", "polish", "assemble", "publish"].map(stage => find(stage, null, null)).filter(Boolean);
  const states = STATES.map(state => [state, list.filter(one => one.state === state).length]).filter(
    ([, many]) => many > 0,
  );
  return [
    h(
      "div",
      { class: "row" },
      singles.map(one => cellOf(one, picked, pick, true)),
    ),
    h(
      "div",
      { class: "grid-box spaced", on: { keydown: walk } },
      h(
        "table",
        { class: "grid" },
        h("caption", { class: "hidden-text" }, "Items by slab and network"),
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("td", {}),
            numbers.map(i => h("th", { scope: "col" }, members > 1 ? `n${i}` : "fit")),
            slabs > 0 ? h("th", { scope: "col" }, "merge") : null,
          ),
        ),
        h(
          "tbody",
          {},
          numbers.some(i => find("start", null, i))
            ? line(
                "start",
                numbers.map(i => quick("start", null, i)),
              )
            : null,
          numbers.some(i => find("train", null, i))
            ? line(
                "study",
                numbers.map(i => quick("train", null, i)),
              )
            : null,
          Array.from({ length: slabs }, (_, slab) =>
            line(
              `slab ${slab}`,
              numbers.map(i => quick("train", slab, i)),
              quick("merge", slab, null),
            ),
          ),
        ),
      ),
    ),
    h(
      "p",
      { class: "legend" },
      states.map(([state, many]) => h("span", {}, chip(state), " ", h("b", {}, whole(many)))),
    ),
    h(
      "p",
      { class: "soft small spaced" },
      "Rows are slabs of slices, columns the networks of the ensemble (n0, n1, …). " +
        "A cell says what it stands for; arrow keys walk the grid.",
    ),
  ];
}

function cellOf(one, picked, pick, isWide = false) {
  const text = one.state === "running" ? percent(one.fraction).replace(" ", "") : signOf(one.state);
  const share = one.state === "running" ? ` ${percent(one.fraction)}` : "";
  const about = `${one.item}: ${one.state}${share}${one.code ? `, ${one.code}` : ""}`;
  return h(
    "button",
    {
      class: `cell cell-${one.state}${isWide ? " wide" : ""}`,
      title: about,
      "aria-label": about,
      "aria-pressed": String(one.item === picked),
      "data-item": one.item,
      on: { click: () => pick(one.item) },
    },
    isWide ? [one.stage, " ", text] : text,
  );
}

/** Arrow keys from cell to cell. */
function walk(event) {
  const cell = event.target.closest("td"),
    row = cell?.parentElement;
  const next = {
    ArrowRight: () => cell.nextElementSibling,
    ArrowLeft: () => cell.previousElementSibling,
    ArrowDown: () => row.nextElementSibling?.children[cell.cellIndex],
    ArrowUp: () => row.previousElementSibling?.children[cell.cellIndex],
  }[event.key]?.();
  const button = next?.querySelector("button");
  if (!button) return;
  event.preventDefault();
  button.focus();
}

async function detailOf(study, one, signal) {
  if (!one)
    return h("p", { class: "soft" }, "Choose an item to see how it stands, what it made, and what happened to it.");
  const [facts, reasons] = await Promise.all([
    get(at`/studies/${study}/facts` + query({ item: one.item }), signal),
    get(at`/studies/${study}/why` + query({ item: one.item }), signal).catch(() => null),
  ]);
  const why = reasons?.item;
  const known = [...facts.facts].reverse().find(fact => fact.seconds !== null);
  return [
    h("div", { class: "row apart" }, h("h2", { class: "mono" }, one.item), chip(one.state)),
    one.state === "running" ? h("p", { class: "spaced" }, meterWithFigure(one.fraction, one.item)) : null,
    h(
      "dl",
      { class: "facts spaced" },
      one.workers.length > 0
        ? [
            h("dt", {}, "Workers"),
            h(
              "dd",
              {},
              one.workers.map((worker, i) => [
                i > 0 ? ", " : "",
                h("a", { class: "mono", href: `#/workers/${encodeURIComponent(worker)}` }, worker),
              ]),
              one.workers.length > 1 ? " (a second copy, because the first is slow)" : "",
            ),
          ]
        : null,
      h("dt", {}, "Failed attempts"),
      h("dd", {}, whole(one.attempts)),
      known ? [h("dt", {}, "Took"), h("dd", {}, span(known.seconds))] : null,
      one.code ? [h("dt", {}, "Code"), h("dd", {}, h("code", {}, one.code))] : null,
      why?.waitsFor?.length > 0 ? [h("dt", {}, "Waits for"), h("dd", { class: "mono" }, some(why.waitsFor))] : null,
      why?.key ? [h("dt", {}, "Content key"), h("dd", {}, h("code", { title: why.key }, short(why.key)))] : null,
      why?.changes?.length > 0
        ? [h("dt", {}, "Differs from last run"), h("dd", {}, why.changes.map(change => change.name).join(", "))]
        : null,
    ),
    facts.facts.length > 0
      ? [
          h("h3", { class: "spaced" }, "History"),
          table(
            ["When", "What"],
            facts.facts.map(fact => [h("span", { class: "figure" }, moment(fact.at)), factText(fact)]),
            `History of ${one.item}`,
          ),
        ]
      : null,
    one.artifacts.length > 0
      ? [
          h("h3", { class: "spaced" }, "Artifacts"),
          table(
            ["Name", "SHA-256"],
            one.artifacts.map(artifact => [
              artifact.name,
              h("code", { title: artifact.sha256 }, short(artifact.sha256)),
            ]),
            `Artifacts of ${one.item}`,
          ),
        ]
      : null,
  ];
}

const some = names => names.slice(0, 6).join(", ") + (names.length > 6 ? ` and ${names.length - 6} more` : "");
