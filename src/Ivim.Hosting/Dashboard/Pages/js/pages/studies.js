// All studies of the server, the latest submission first, a page at a time.

import { at, get, pause, query } from "../api.js";
import { h, put } from "../dom.js";
import { refused, table } from "../parts.js";
import { studyRow } from "./overview.js";
import { whole } from "../words.js";

const PAGE = 25,
  PAUSE = 4000;

export async function studies(place, [first], { signal, title }) {
  title("Studies");
  const from = Math.max(0, Number.parseInt(first ?? "0", 10) || 0);
  const area = h("div");
  const wanted = h("input", { id: "wanted", size: 26, spellcheck: "false", placeholder: "st-…" });
  put(
    place,
    h(
      "div",
      { class: "page-head" },
      h("h1", {}, "Studies"),
      h(
        "form",
        {
          class: "row",
          on: {
            submit: event => {
              event.preventDefault();
              if (wanted.value.trim()) location.hash = `#/study/${encodeURIComponent(wanted.value.trim())}`;
            },
          },
        },
        h("label", { for: "wanted" }, "Go to study"),
        wanted,
        h("button", {}, "Open"),
      ),
    ),
    h("section", { class: "panel" }, area),
  );
  while (!signal.aborted) {
    try {
      const list = await get(at`/studies` + query({ from, most: PAGE }), signal);
      put(
        area,
        table(
          ["Study", "State", { text: "Progress", grow: true }, "Code"],
          list.studies.map(studyRow),
          "Studies",
          "No study here.",
        ),
        pager(from, list),
      );
    } catch (error) {
      if (signal.aborted) return;
      put(area, refused(error));
    }
    await pause(PAUSE, signal);
  }
}

const pager = (from, list) =>
  h(
    "nav",
    { class: "pager", "aria-label": "Pages of the list" },
    h(
      "span",
      {},
      list.total === 0
        ? ""
        : `${whole(from + 1)} to ${whole(Math.min(from + PAGE, list.total))} of ${whole(list.total)}`,
    ),
    from > 0 ? h("a", { class: "button", href: `#/studies/${Math.max(0, from - PAGE)}` }, "Later") : null,
    list.next !== null ? h("a", { class: "button", href: `#/studies/${list.next}` }, "Earlier") : null,
  );
