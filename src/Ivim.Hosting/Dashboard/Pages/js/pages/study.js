// One study: how far it is, its maps, its items, why it is not finished, what happened to it, and its report.

import { at, follow, get, post } from "../api.js";
import { h, put } from "../dom.js";
import { chip, codedLine, meter, order, sure } from "../parts.js";
import { short, whole } from "../words.js";
import { items } from "../study/items.js";
import { maps } from "../study/maps.js";
import { why } from "../study/why.js";
import { history } from "../study/history.js";
import { report } from "../study/report.js";

const TABS = {
  maps: ["Maps", maps],
  items: ["Items and timeline", items],
  why: ["Why", why],
  history: ["History", history],
  report: ["Report", report],
};

export async function study(place, [name, tab], context) {
  const { signal, title } = context;
  title(`Study ${name}`);
  const [head, outcome, stages, tabs, area] = Array.from({ length: 5 }, () => h("div"));
  put(place, head, outcome, stages, tabs, area);
  let view = await get(at`/studies/${name}`, signal);
  const listeners = new Set();
  const draw = () => {
    put(head, headOf(view, outcome, context, seen));
    put(stages, stagesOf(view));
  };
  function seen(next) {
    view = next;
    draw();
    for (const listener of listeners) listener(view);
  }
  draw();

  let open = null,
    inside = new AbortController();
  function turn([, , wanted]) {
    const next = wanted in TABS ? wanted : view.phase === "published" ? "maps" : "items";
    if (next === open) return true;
    inside.abort();
    inside = new AbortController();
    open = next;
    listeners.clear();
    put(
      tabs,
      h(
        "nav",
        { class: "tabs", "aria-label": "Parts of the study" },
        Object.entries(TABS).map(([key, [text]]) =>
          h("a", { href: `#/study/${name}/${key}`, "aria-current": key === open ? "page" : null }, text),
        ),
      ),
    );
    const part = h("div");
    put(area, part);
    TABS[open][1](part, {
      ...context,
      study: name,
      view: () => view,
      changed: act => listeners.add(act),
      outcome,
      signal: AbortSignal.any([signal, inside.signal]),
    }).catch(error => {
      if (!signal.aborted) put(part, codedLine({ code: error.code ?? "ERROR", message: error.message }, "grave"));
    });
    return true;
  }
  context.turn(turn);
  turn(["study", name, tab]);
  await follow(at`/studies/${name}/events`, (_, next) => seen(next), signal);
}

function headOf(view, outcome, { may }, seen) {
  const act = (verb, said) => async () => {
    seen(await post(at`/studies/${view.study}/` + verb));
    return said;
  };
  const isAtWork = view.phase === "running",
    canRetry = ["failed", "cancelled"].includes(view.phase);
  return [
    h("p", { class: "crumb" }, h("a", { href: "#/studies" }, "Studies")),
    h(
      "div",
      { class: "page-head" },
      h(
        "div",
        {},
        h("div", { class: "row" }, h("h1", { class: "mono" }, view.study), chip(view.phase)),
        h("p", { class: "soft small" }, "Protocol ", h("code", { title: view.protocol }, short(view.protocol))),
      ),
      !may("operator")
        ? null
        : h(
            "div",
            { class: "row" },
            canRetry ? order("Retry", outcome, act("retry", "The study goes on from where it stood."), "first") : null,
            isAtWork
              ? order(
                  "Cancel …",
                  outcome,
                  async () =>
                    (await sure(
                      "Cancel this study?",
                      "Nothing more of it is published. Results that are there stay, and a retry goes on from them.",
                      "Cancel the study",
                    ))
                      ? act("cancel", "The study is cancelled.")()
                      : null,
                  "grave",
                )
              : null,
          ),
    ),
    h(
      "div",
      { class: "stack" },
      view.alarms.map(alarm => codedLine(alarm, "grave")),
      view.failure ? codedLine(view.failure, isAtWork ? "" : "grave") : null,
      view.warnings.length === 0
        ? null
        : h(
            "details",
            { "aria-label": "Warnings" },
            h(
              "summary",
              { class: "soft small" },
              `${whole(view.warnings.length)} ${view.warnings.length === 1 ? "note" : "notes"} on the data`,
            ),
            h(
              "div",
              { class: "stack spaced" },
              view.warnings.map(line => codedLine(line)),
            ),
          ),
    ),
  ];
}

const stagesOf = view =>
  view.stages.length === 0
    ? null
    : h(
        "section",
        { class: "panel spaced", "aria-label": "Stages" },
        h(
          "ol",
          { class: "stages" },
          view.stages.map(stage =>
            h(
              "li",
              {},
              h(
                "div",
                { class: "name" },
                h("b", {}, stage.stage),
                h(
                  "span",
                  { class: "soft figure" },
                  stage.total === 0 ? "not known yet" : `${whole(stage.done)} of ${whole(stage.total)}`,
                ),
              ),
              meter(stage.fraction, `Stage ${stage.stage}`),
              stage.reused > 0 ? h("span", { class: "soft small" }, `${whole(stage.reused)} reused`) : null,
            ),
          ),
        ),
      );
