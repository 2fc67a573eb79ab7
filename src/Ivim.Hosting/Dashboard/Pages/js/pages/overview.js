// All cohorts with their centres, the workers, the queue, and what does not get on.

import { at, get, pause, query } from "../api.js";
import { h, put } from "../dom.js";
import {
  bar,
  chip,
  codedLine,
  count,
  entries,
  legend,
  meterWithFigure,
  refused,
  studyLink,
  sumOf,
  table,
  tile,
} from "../parts.js";
import { workerRows, WORKER_HEADS } from "./workers.js";
import { plural, span, whole } from "../words.js";

const PAUSE = 2500,
  LATEST = 8,
  MOST_CENTRES = 12,
  MOST_HELD_UP = 8;

export async function overview(place, _, { signal, title }) {
  title("Overview");
  const [trouble, tiles, cohortList, stuck, workerList, latest] = Array.from({ length: 6 }, () => h("div"));
  put(
    place,
    h("h1", { class: "hidden-text" }, "Overview"),
    trouble,
    tiles,
    h(
      "div",
      { class: "stack wide" },
      stuck,
      cohortList,
      h(
        "section",
        { class: "panel" },
        h(
          "div",
          { class: "row apart" },
          h("h2", {}, "Workers"),
          h("a", { class: "small", href: "#/workers" }, "All workers"),
        ),
        workerList,
      ),
      h(
        "section",
        { class: "panel" },
        h(
          "div",
          { class: "row apart" },
          h("h2", {}, "Latest studies"),
          h("a", { class: "small", href: "#/studies" }, "All studies"),
        ),
        latest,
      ),
    ),
  );
  let before = "";
  while (!signal.aborted) {
    const [cohorts, cluster, list] = await Promise.allSettled([
      get(at`/cohorts`, signal),
      get(at`/cluster`, signal),
      get(at`/studies` + query({ most: LATEST }), signal),
    ]);
    if (signal.aborted) return;
    const now = JSON.stringify([cohorts, cluster, list].map(one => one.value ?? one.reason.message));
    if (now !== before) draw(cohorts, cluster, list);
    before = now;
    await pause(PAUSE, signal);
  }

  function draw(cohorts, cluster, list) {
    put(
      trouble,
      [cohorts, cluster, list]
        .filter(one => one.status === "rejected")
        .slice(0, 1)
        .map(one => refused(one.reason)),
    );
    const known = cohorts.value?.cohorts ?? [];
    put(tiles, figures(known, cluster.value, list.value));
    if (cohorts.value) put(cohortList, h("div", { class: "stack" }, known.map(cohortPanel)));
    put(stuck, standing(known));
    if (cluster.value)
      put(
        workerList,
        table(
          WORKER_HEADS,
          workerRows(cluster.value.workers.slice(0, 12)),
          "Workers with their current items",
          "No worker is connected: nothing is computed.",
        ),
      );
    if (list.value)
      put(
        latest,
        table(
          ["Study", "State", { text: "Progress", grow: true }, "Code"],
          list.value.studies.map(studyRow),
          "The latest studies",
          "No study was submitted yet: docs/cluster.md shows how.",
        ),
      );
  }
}

/** A row for a list of studies. */
export function studyRow(view) {
  const fraction = progressOf(view);
  const alarm = view.alarms[0];
  return [
    studyLink(view.study),
    chip(view.phase),
    meterWithFigure(fraction, `Progress of ${view.study}`),
    alarm
      ? h("code", {}, alarm.code)
      : view.failure
        ? h("code", { title: view.failure.message }, view.failure.code)
        : h("span", { class: "none" }, "–"),
  ];
}

/** Over all stages; a stage whose items are not known yet counts as one that has to be done. */
export function progressOf(view) {
  if (view.phase === "published") return 1;
  if (view.stages.length === 0) return 0;
  return view.stages.reduce((sum, stage) => sum + stage.fraction, 0) / view.stages.length;
}

function figures(cohorts, cluster, list) {
  const sum = sumOf(cohorts.flatMap(cohort => cohort.centres));
  const pace = cohorts.reduce((all, cohort) => all + cohort.entriesPerHour, 0);
  const bad = sum.failed + sum.refused;
  const queue = cluster?.queue;
  const away = cluster?.nodes.filter(node => !node.reachable).length ?? 0;
  return h(
    "dl",
    { class: "tiles" },
    tile(
      "Published",
      whole(sum.published),
      cohorts.length > 0 ? `of ${entries(sum.total)} in cohorts` : "no cohort yet",
    ),
    tile("Running", whole(sum.running + sum.stopping), `${whole(sum.waiting)} wait for their turn`),
    tile(
      "Failed or refused",
      whole(bad),
      bad > 0 ? `${whole(sum.failed)} failed, ${whole(sum.refused)} refused` : "none in any cohort",
      bad > 0,
    ),
    tile("Pace", pace > 0 ? whole(pace) : "–", "studies per hour, of late"),
    tile(
      "Queue",
      queue ? whole(queue.ready) : "–",
      queue ? `items ready, ${whole(queue.leased)} at work` : "no answer",
    ),
    tile(
      "Workers",
      cluster ? whole(cluster.workers.length) : "–",
      cluster ? `on ${plural(cluster.nodes.length, "node")}${away > 0 ? `, ${away} unreachable` : ""}` : "no answer",
      away > 0,
    ),
    tile("Studies in all", list ? whole(list.total) : "–", "submitted to this server"),
  );
}

function cohortPanel(cohort) {
  const sum = sumOf(cohort.centres);
  const address = `#/cohort/${encodeURIComponent(cohort.name)}`;
  const centres = [...cohort.centres].sort((a, b) => b.failed + b.refused - a.failed - a.refused || b.total - a.total);
  const more = centres.length - MOST_CENTRES;
  return h(
    "section",
    { class: "panel", "aria-label": `Cohort ${cohort.name}` },
    h(
      "div",
      { class: "row apart" },
      h("div", { class: "row" }, h("h2", {}, h("a", { href: address }, cohort.name)), chip(cohort.phase)),
      h("span", { class: "soft small" }, paceOf(cohort, sum)),
    ),
    bar(sum),
    legend(sum),
    h(
      "details",
      {
        open: cohort.phase !== "ended" && centres.length > 1,
        class: "centres",
        "aria-label": `Centres of ${cohort.name}`,
      },
      h("summary", { class: "small soft" }, plural(centres.length, "centre")),
      centreTable(centres.slice(0, MOST_CENTRES), cohort.name),
      more > 0 ? h("p", { class: "small" }, h("a", { href: address }, `${more} more centres`)) : null,
    ),
  );
}

/** What is left to do, in words. */
export const paceOf = (cohort, sum) =>
  [
    `${whole(sum.published)} of ${whole(sum.total)} published`,
    cohort.entriesPerHour > 0 ? `${whole(cohort.entriesPerHour)} per hour` : null,
    cohort.secondsLeft ? `about ${span(cohort.secondsLeft)} left` : null,
  ]
    .filter(Boolean)
    .join(" · ");

export const centreTable = (centres, cohort) =>
  table(
    [
      "Centre",
      { text: "States", grow: true },
      ...["Total", "Published", "Running", "Waiting", "Failed", "Refused", "Cancelled"].map(text => ({
        text,
        number: true,
      })),
    ],
    centres.map(one => [
      h("a", { href: `#/cohort/${encodeURIComponent(cohort)}/${encodeURIComponent(one.centre)}` }, one.centre),
      bar(one, true),
      whole(one.total),
      count(one.published),
      count(one.running + one.stopping),
      count(one.waiting),
      count(one.failed),
      count(one.refused),
      count(one.cancelled),
    ]),
    `Centres of ${cohort}`,
  );

function standing(cohorts) {
  const held = cohorts.flatMap(cohort => cohort.heldUp.map(one => ({ ...one, cohort: cohort.name })));
  if (held.length === 0) return null;
  return h(
    "section",
    { class: "panel" },
    h("div", { class: "row" }, h("h2", {}, "What does not get on, and why")),
    h(
      "div",
      { class: "stack" },
      held
        .slice(0, MOST_HELD_UP)
        .map(one =>
          h(
            "div",
            {},
            h(
              "p",
              { class: "small soft" },
              one.cohort,
              one.centre ? ` · ${one.centre}` : "",
              one.study ? " · " : "",
              one.study ? studyLink(one.study) : null,
            ),
            codedLine(one),
          ),
        ),
    ),
    held.length > MOST_HELD_UP ? h("p", { class: "small soft" }, `and ${held.length - MOST_HELD_UP} more`) : null,
  );
}
