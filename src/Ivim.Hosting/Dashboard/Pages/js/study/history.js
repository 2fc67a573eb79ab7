// What happened to a study, as its journal has it.

import { h, put } from "../dom.js";
import { table } from "../parts.js";
import { moment } from "../words.js";
import { allFacts, factText } from "./facts.js";

const SHOWN = 500;

export async function history(place, { study, signal, changed }) {
  let isLooking = false;
  const look = async () => {
    if (isLooking || signal.aborted) return;
    isLooking = true;
    try {
      const facts = (await allFacts(study, signal)).reverse();
      put(
        place,
        h(
          "section",
          { class: "panel" },
          h(
            "div",
            { class: "row apart" },
            h("h2", {}, "History"),
            h("span", { class: "soft small" }, "the latest first; by the clock of the seed"),
          ),
          table(
            ["When", "Item", "What"],
            facts
              .slice(0, SHOWN)
              .map(fact => [
                h("span", { class: "figure" }, moment(fact.at)),
                fact.item ? h("span", { class: "mono" }, fact.item) : "the study",
                factText(fact),
              ]),
            "History of the study",
          ),
          facts.length > SHOWN ? h("p", { class: "soft small" }, `The latest ${SHOWN} of ${facts.length}.`) : null,
        ),
      );
    } finally {
      isLooking = false;
    }
  };
  changed(() => look().catch(() => {}));
  await look();
}
