// Why a study stands as it does, as `ivim why` tells it.

import { at, get, pause } from "../api.js";
import { h, put } from "../dom.js";
import { codedLine, count, refused, table } from "../parts.js";
import { plural, whole } from "../words.js";

const PAUSE = 4000,
  MOST_WAITING = 40;

export async function why(place, { study, signal, view }) {
  let before = "";
  while (!signal.aborted) {
    try {
      const reasons = await get(at`/studies/${study}/why`, signal);
      const now = JSON.stringify([reasons, view()]);
      if (now !== before) put(place, h("div", { class: "stack wide" }, ...answer(reasons, view())));
      before = now;
    } catch (error) {
      if (signal.aborted) return;
      put(place, refused(error));
    }
    await pause(PAUSE, signal);
  }
}

function answer(reasons, view) {
  const waits = reasons.stages.flatMap(stage => stage.waits);
  return [
    h("p", {}, sentence(reasons, view)),
    reasons.code ? codedLine({ code: reasons.code, message: reasons.message }, "grave") : null,
    !reasons.code && view.failure ? codedLine(view.failure) : null,
    h(
      "section",
      { class: "panel" },
      h("div", { class: "row" }, h("h2", {}, "Items by stage")),
      table(
        [
          "Stage",
          ...["Total", "Done", "Reused", "Ready or running", "Waiting", "Stopped"].map(text => ({
            text,
            number: true,
          })),
        ],
        reasons.stages.map(stage => [
          stage.kind,
          whole(stage.total),
          count(stage.done),
          count(stage.reused),
          count(stage.ready),
          count(stage.waiting),
          count(stage.stopped),
        ]),
        "Items by stage",
      ),
    ),
    waits.length === 0
      ? null
      : h(
          "section",
          { class: "panel" },
          h("div", { class: "row" }, h("h2", {}, "What waits for what")),
          h(
            "ul",
            { class: "waits" },
            waits
              .slice(0, MOST_WAITING)
              .map(one =>
                h(
                  "li",
                  {},
                  h("span", { class: "mono" }, one.item),
                  " waits for ",
                  h(
                    "span",
                    { class: "mono" },
                    one.waitsFor.length > 3
                      ? `${one.waitsFor.slice(0, 2).join(", ")} and ${one.waitsFor.length - 2} more`
                      : one.waitsFor.join(", "),
                  ),
                ),
              ),
          ),
          waits.length > MOST_WAITING
            ? h("p", { class: "soft small" }, `and ${plural(waits.length - MOST_WAITING, "more item")}`)
            : null,
        ),
    h(
      "section",
      { class: "panel" },
      h("div", { class: "row" }, h("h2", {}, "Against the last run of the same scan")),
      reasons.lastStudy
        ? [
            h(
              "p",
              { class: "soft small" },
              "The run before was ",
              h("a", { class: "mono", href: `#/study/${encodeURIComponent(reasons.lastStudy)}` }, reasons.lastStudy),
              ".",
            ),
            table(
              ["Field", "Then", "Now"],
              reasons.changes.map(change => [h("code", {}, change.name), change.before ?? "–", change.now ?? "–"]),
              "What differs",
              "Protocol and source are the same.",
            ),
          ]
        : h("p", { class: "soft" }, "There was none before."),
    ),
  ];
}

function sentence(reasons, view) {
  const sum = name => reasons.stages.reduce((all, stage) => all + stage[name], 0);
  const left = sum("ready") + sum("waiting");
  if (reasons.quarantined)
    return "It stands still: two different results of one item were found, and a person has to decide.";
  if (view.phase === "published") return "It is finished: its maps are published.";
  if (view.phase === "failed")
    return "It has failed. What was done stays in the store, and a retry goes on from there.";
  if (view.phase === "cancelled")
    return "Somebody cancelled it. What was done stays in the store, and a retry goes on from there.";
  return (
    `It is at work: ${plural(left, "item")} ${left === 1 ? "is" : "are"} left, of which ${whole(sum("ready"))} ` +
    `${sum("ready") === 1 ? "is" : "are"} with the queue or a worker.`
  );
}
