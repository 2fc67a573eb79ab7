// The parts that pages are made of.

import { announce, h, put } from "./dom.js";
import { ENTRY_PHASES, percent, plural, signOf, whole } from "./words.js";

export const chip = state => h("span", { class: `chip chip-${word(state)}`, "data-sign": signOf(state) }, state);

/** Only known words become part of a class. */
const word = state => (/^[a-z]+$/.test(state) ? state : "unknown");

export const studyLink = study => h("a", { href: `#/study/${encodeURIComponent(study)}`, class: "mono" }, study);

/** How many of a whole are in each phase, as a bar; what it shows is also its label. */
export function bar(counts, slim = false) {
  const total = ENTRY_PHASES.reduce((sum, phase) => sum + (counts[phase] ?? 0), 0);
  const shown = ENTRY_PHASES.filter(phase => counts[phase] > 0);
  const text = shown.map(phase => `${whole(counts[phase])} ${phase}`).join(", ") || "none";
  return h(
    "div",
    { class: slim ? "bar slim" : "bar", role: "img", "aria-label": text, title: text },
    shown.map(phase => h("span", { class: `is-${phase}`, "width%": (100 * counts[phase]) / total })),
  );
}

/** The words to the colours of a bar. */
export const legend = counts =>
  h(
    "ul",
    { class: "legend" },
    ENTRY_PHASES.filter(phase => counts[phase] > 0).map(phase =>
      h("li", {}, h("i", { class: `is-${phase}` }), h("b", {}, whole(counts[phase])), " ", phase),
    ),
  );

export function meter(fraction, label) {
  const share = Math.min(Math.max(fraction, 0), 1);
  return h(
    "span",
    {
      class: share >= 1 ? "meter full" : "meter",
      role: "progressbar",
      "aria-label": label,
      "aria-valuemin": 0,
      "aria-valuemax": 100,
      "aria-valuenow": Math.floor(100 * share),
    },
    h("span", { "width%": 100 * share }),
  );
}

export const meterWithFigure = (fraction, label) =>
  h("div", { class: "with-meter" }, meter(fraction, label), h("span", { class: "figure" }, percent(fraction)));

export const tile = (name, figure, under, isAlert = false) =>
  h(
    "div",
    { class: isAlert ? "tile alert" : "tile" },
    h("dt", {}, name),
    h("dd", {}, figure, under ? h("span", { class: "under" }, under) : null),
  );

/** A code of docs/errors.md and its line, which begins with the code. */
export const codedLine = (line, tone = "") =>
  h(
    "p",
    { class: `notice ${tone}` },
    h("code", {}, line.code),
    " ",
    line.message.startsWith(line.code + ": ") ? line.message.slice(line.code.length + 2) : line.message,
  );

/**
 * @param {(string|Object)[]} heads a text, or `{ text, number }` for a column of numbers.
 * @param {Array[]} rows cells in the order of the heads.
 */
export function table(heads, rows, caption, ifEmpty = "Nothing yet.") {
  if (rows.length === 0) return h("p", { class: "empty" }, ifEmpty);
  const columns = heads.map(head => (typeof head === "string" ? { text: head } : head));
  return h(
    "div",
    { class: "scroll" },
    h(
      "table",
      {},
      h("caption", { class: "hidden-text" }, caption),
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          columns.map(column => h("th", { scope: "col", class: column.number ? "number" : null }, column.text)),
        ),
      ),
      h(
        "tbody",
        {},
        rows.map(row =>
          h(
            "tr",
            {},
            row.map((cell, i) =>
              h("td", { class: columns[i].number ? "number" : columns[i].grow ? "grow" : null }, cell),
            ),
          ),
        ),
      ),
    ),
  );
}

/** A number that is not written where there is none of it. */
export const count = number => (number > 0 ? whole(number) : h("span", { class: "none" }, "0"));

/** Sums of phases over centres. */
export function sumOf(centres) {
  const sum = { total: 0 };
  for (const phase of ENTRY_PHASES) sum[phase] = 0;
  for (const centre of centres) for (const name of Object.keys(sum)) sum[name] += centre[name] ?? 0;
  return sum;
}

/** Asks before what cannot be taken back. */
export function sure(question, explanation, verb) {
  return new Promise(resolve => {
    const dialog = h(
      "dialog",
      { "aria-labelledby": "question" },
      h("h2", { id: "question" }, question),
      h("p", { class: "soft" }, explanation),
      h(
        "div",
        { class: "row" },
        h("button", { on: { click: () => dialog.close("no") } }, "Back"),
        h("button", { class: "grave", on: { click: () => dialog.close("yes") } }, verb),
      ),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** A button that gives an order to the server and says what came of it in `outcome`. */
export function order(text, outcome, act, style = null) {
  const button = h(
    "button",
    {
      class: style,
      on: {
        click: async () => {
          button.disabled = true;
          try {
            const said = await act();
            if (said) {
              announce(said);
              put(outcome, h("p", { class: "notice info" }, said));
            }
          } catch (error) {
            put(outcome, refused(error));
            announce(error.message);
          } finally {
            button.disabled = false;
          }
        },
      },
    },
    text,
  );
  return button;
}

export const refused = error =>
  error.code
    ? codedLine({ code: error.code, message: error.message }, "grave")
    : h("p", { class: "notice grave" }, "The server cannot be reached. ", error.message);

export const entries = number => plural(number, "study", "studies");
