// When each item was computed: a bar from its start to its end, packed into as few lanes as there were workers at once.

import { h, svg } from "../dom.js";
import { STAGES, plural, span } from "../words.js";

const WIDTH = 1200,
  LANE = 16,
  GAP = 4,
  HEAD = 6,
  FOOT = 26,
  LEFT = 4,
  MOST_LANES = 60;

export function timeline(facts) {
  const bars = facts
    .filter(fact => fact.fact === "done" && fact.seconds !== null)
    .map(fact => {
      const end = Date.parse(fact.at);
      return { item: fact.item, stage: fact.item.split("/")[0], start: end - 1000 * fact.seconds, end };
    })
    .sort((a, b) => a.start - b.start);
  if (bars.length === 0)
    return h(
      "p",
      { class: "soft" },
      facts.some(fact => fact.fact === "reused")
        ? "Nothing was computed for this study: every result was there before."
        : "No item has come to its end yet.",
    );
  const lanes = packed(bars);
  const first = Math.min(Date.parse(facts[0].at), bars[0].start),
    last = Math.max(...facts.map(fact => Date.parse(fact.at)));
  const wide = Math.max(last - first, 1),
    x = time => LEFT + ((WIDTH - 2 * LEFT) * (time - first)) / wide;
  const height = HEAD + lanes * (LANE + GAP) + FOOT;
  const marks = facts.filter(fact => ["attempt", "failed", "lost", "doubted"].includes(fact.fact));
  const stages = STAGES.filter(stage => bars.some(bar => bar.stage === stage));
  return [
    svg(
      "svg",
      {
        class: "lanes",
        viewBox: `0 0 ${WIDTH} ${height}`,
        role: "img",
        "aria-label": `${plural(bars.length, "item")} over ${span(wide / 1000)}; the tab History has them as a table`,
      },
      ticks(wide / 1000).map(second => [
        svg("line", {
          class: "axis",
          x1: x(first + 1000 * second),
          x2: x(first + 1000 * second),
          y1: 0,
          y2: height - FOOT + 4,
        }),
        svg("text", { x: x(first + 1000 * second) + 3, y: height - 8 }, second === 0 ? "0" : span(second)),
      ]),
      bars
        .filter(bar => bar.lane < MOST_LANES)
        .map(bar =>
          svg(
            "rect",
            {
              class: `stage-${bar.stage}`,
              rx: 3,
              x: x(bar.start),
              y: HEAD + bar.lane * (LANE + GAP),
              width: Math.max(2, x(bar.end) - x(bar.start)),
              height: LANE,
            },
            svg("title", {}, `${bar.item}: ${span((bar.end - bar.start) / 1000)}`),
          ),
        ),
      marks.map(fact =>
        svg(
          "path",
          { class: "mark", d: `M${x(Date.parse(fact.at)) - 4} ${height - FOOT - 4}l8 8m0 -8l-8 8` },
          svg("title", {}, `${fact.item ?? "study"}: ${fact.code ?? fact.fact}`),
        ),
      ),
    ),
    h(
      "ul",
      { class: "legend" },
      stages.map(stage => h("li", {}, h("i", { class: `stage-${stage}` }), stage)),
      marks.length > 0 ? h("li", {}, "✕ ", plural(marks.length, "failure")) : null,
      h("li", {}, `since ${new Date(first).toLocaleString("en-GB")}, by the clock of the seed`),
    ),
  ];
}

/** Gives each bar the first lane that is free when it starts. */
function packed(bars) {
  const ends = [];
  for (const bar of bars) {
    let lane = ends.findIndex(end => end <= bar.start);
    if (lane < 0) lane = ends.length;
    ends[lane] = bar.end;
    bar.lane = lane;
  }
  return Math.min(ends.length, MOST_LANES);
}

function ticks(seconds) {
  const step =
    [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 43200, 86400].find(
      step => seconds / step <= 9,
    ) ?? seconds / 8;
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, i) => i * step);
}
