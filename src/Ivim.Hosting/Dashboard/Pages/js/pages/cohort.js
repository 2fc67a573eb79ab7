// One cohort: centres, what failed and why, and its studies, a page at a time from the server.

import { at, follow, get, pause, post } from "../api.js";
import { h, put } from "../dom.js";
import { bar, chip, codedLine, entries, legend, order, studyLink, sumOf, sure, table } from "../parts.js";
import { entryPage } from "./entries.js";
import { centreTable, paceOf } from "./overview.js";
import { plural, short, whole } from "../words.js";

const LOOK_AGAIN = 3000,
  MOST_HELD_UP = 5;

export async function cohort(place, [name, centre], context) {
  const { signal, title } = context;
  title(`Cohort ${name}`);
  const [head, summary, reasons, list, outcome] = Array.from({ length: 5 }, () => h("div"));
  put(place, head, outcome, h("div", { class: "stack wide" }, summary, reasons, list));
  let view = await get(at`/cohorts/${name}`, signal);
  const page = entryPage(list, name, centre ?? "", () => view, outcome, context);
  const draw = () => {
    const sum = sumOf(view.centres);
    put(
      head,
      headOf(view, sum, outcome, context, seen => {
        view = seen;
        draw();
      }),
    );
    put(
      summary,
      h(
        "section",
        { class: "panel" },
        bar(sum),
        legend(sum),
        h("div", { class: "spaced" }, h("div", { class: "tall" }, centreTable(view.centres, view.name))),
      ),
    );
    put(reasons, reasonsOf(view, page.show));
  };
  draw();
  page.look();
  context.turn(([, , wanted]) => {
    page.show({ centre: wanted ?? "" });
    return true;
  });
  let isDirty = false;
  const stream = follow(
    at`/cohorts/${name}/events`,
    (_, seen) => {
      view = seen;
      isDirty = true;
      draw();
    },
    signal,
  );
  // The rows are asked for at most every few seconds, however fast studies end.
  const rows = (async () => {
    while (!signal.aborted) {
      await pause(LOOK_AGAIN, signal);
      if (!isDirty || signal.aborted) continue;
      isDirty = false;
      await page.look();
    }
  })();
  await Promise.all([stream, rows]);
}

function headOf(view, sum, outcome, { may }, seen) {
  const act = (verb, said) => async () => {
    seen(await post(at`/cohorts/${view.name}/` + verb));
    return said;
  };
  const bad = sum.failed + sum.refused;
  const buttons = !may("operator")
    ? null
    : h(
        "div",
        { class: "row" },
        view.phase === "paused" ? order("Resume", outcome, act("resume", "The cohort goes on.")) : null,
        view.phase === "running"
          ? order("Pause", outcome, act("pause", "No more studies are started; those at work go on."))
          : null,
        bad > 0 ? order(`Retry ${whole(bad)} failed or refused`, outcome, act("retry", "They are tried again.")) : null,
        view.phase !== "ended"
          ? order(
              "Cancel all …",
              outcome,
              async () =>
                (await sure(
                  `Cancel all of ${view.name}?`,
                  "Work on every study that is not published ends. Results stay, and a retry goes on from them.",
                  "Cancel all",
                ))
                  ? act("cancel", "The cohort is being cancelled.")()
                  : null,
              "grave",
            )
          : null,
      );
  return [
    h("p", { class: "crumb" }, h("a", { href: "#/" }, "Overview")),
    h(
      "div",
      { class: "page-head" },
      h(
        "div",
        {},
        h("div", { class: "row" }, h("h1", {}, view.name), chip(view.phase)),
        h("p", { class: "soft" }, paceOf(view, sum)),
        h(
          "p",
          { class: "soft small" },
          `${plural(view.limit, "study", "studies")} at a time · protocol `,
          h("code", { title: view.protocol }, short(view.protocol)),
          view.protocolVersion > 1 ? `, version ${view.protocolVersion}` : "",
        ),
      ),
      buttons,
    ),
  ];
}

function reasonsOf(view, show) {
  if (view.codes.length === 0 && view.heldUp.length === 0) return null;
  return h(
    "section",
    { class: "panel" },
    h("div", { class: "row" }, h("h2", {}, "Why it is not finishing")),
    h(
      "div",
      { class: "stack" },
      view.codes.length === 0
        ? null
        : table(
            ["Code", { text: "Studies", number: true }],
            view.codes.map(code => [h("code", {}, code.code), whole(code.entries)]),
            "Codes of failures",
          ),
      h(
        "div",
        { class: "row" },
        ["failed", "refused"]
          .filter(phase => sumOf(view.centres)[phase] > 0)
          .map(phase =>
            h(
              "button",
              { class: "tiny", on: { click: () => show({ phase }) } },
              `Show what ${phase === "failed" ? "failed" : "was refused"}`,
            ),
          ),
      ),
      view.heldUp
        .slice(0, MOST_HELD_UP)
        .map(one =>
          h(
            "div",
            {},
            h("p", { class: "small soft" }, one.centre, one.study ? [" · ", studyLink(one.study)] : ""),
            codedLine(one),
          ),
        ),
      view.heldUp.length > MOST_HELD_UP
        ? h("p", { class: "soft small" }, `and ${entries(view.heldUp.length - MOST_HELD_UP)} more`)
        : null,
    ),
  );
}
