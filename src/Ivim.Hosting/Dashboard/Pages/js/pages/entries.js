// The studies of a cohort, a page at a time from the server, by state and centre.

import { at, get, post, query } from "../api.js";
import { h, put } from "../dom.js";
import { chip, order, refused, studyLink, table } from "../parts.js";
import { ENTRY_PHASES, whole } from "../words.js";

const PAGE = 50;

/** The list of entries with its filters; keeps where each page begins, since a filter skips an unknown number. */
export function entryPage(place, name, firstCentre, viewOf, outcome, context) {
  let starts = [0],
    centre = firstCentre,
    phase = "",
    asked = 0;
  const body = h("div");
  const phases = h(
    "select",
    { id: "phase", on: { change: () => turn({ phase: phases.value }) } },
    h("option", { value: "" }, "all states"),
    ENTRY_PHASES.map(one => h("option", { value: one }, one)),
  );
  const centres = h("select", { id: "centre", on: { change: () => turn({ centre: centres.value }) } });
  const known = () => ["", ...viewOf().centres.map(one => one.centre)];
  put(
    place,
    h(
      "section",
      { class: "panel", id: "entries" },
      h(
        "div",
        { class: "row apart" },
        h("h2", {}, "Studies"),
        h(
          "div",
          { class: "row" },
          h("label", { for: "phase" }, "State"),
          phases,
          h("label", { for: "centre" }, "Centre"),
          centres,
        ),
      ),
      body,
    ),
  );

  async function look() {
    const mine = ++asked;
    if (centres.options.length !== known().length)
      put(
        centres,
        known().map(one => h("option", { value: one }, one || "all centres")),
      );
    centres.value = centre;
    try {
      const page = await get(
        at`/cohorts/${name}/entries` + query({ centre, phase, from: starts.at(-1), most: PAGE }),
        context.signal,
      );
      if (mine === asked) put(body, rows(page), pager(page));
    } catch (error) {
      if (mine === asked && !context.signal.aborted) put(body, refused(error));
    }
  }

  function turn(wanted) {
    ({ centre, phase } = { centre, phase, ...wanted });
    starts = [0];
    phases.value = phase;
    return look();
  }

  const rows = page =>
    table(
      [
        "Pseudonym",
        "Centre",
        "State",
        "Study",
        "Code",
        { text: "Priority", number: true },
        ...(context.may("operator") ? [""] : []),
      ],
      page.entries.map(entry => [
        h("span", { class: "mono" }, entry.entry),
        entry.centre,
        chip(entry.phase),
        entry.study ? studyLink(entry.study) : h("span", { class: "none" }, "–"),
        entry.code ? h("code", {}, entry.code) : h("span", { class: "none" }, "–"),
        whole(entry.priority),
        ...(context.may("operator") ? [buttonOf(entry)] : []),
      ]),
      `Studies of ${name}`,
      "No study in this state.",
    );

  const act = (verb, entry) => async () => {
    await post(at`/cohorts/${name}/` + verb + query({ entry, cancelled: verb === "retry" ? true : null }));
    await look();
    return verb === "retry" ? `${entry} is tried again.` : `${entry} is being cancelled.`;
  };
  const buttonOf = entry =>
    ["failed", "refused", "cancelled"].includes(entry.phase)
      ? order("Retry", outcome, act("retry", entry.entry), "tiny")
      : ["waiting", "running"].includes(entry.phase)
        ? order("Cancel", outcome, act("cancel", entry.entry), "tiny")
        : null;

  function pager(page) {
    const first = (starts.length - 1) * PAGE;
    const all = viewOf()
      .centres.filter(one => !centre || one.centre === centre)
      .reduce((sum, one) => sum + (phase ? one[phase] : one.total), 0);
    const step = act => ({
      click: () => {
        act();
        look();
      },
    });
    return h(
      "nav",
      { class: "pager", "aria-label": "Pages of the list" },
      h(
        "span",
        {},
        page.entries.length === 0
          ? ""
          : `${whole(first + 1)} to ${whole(first + page.entries.length)} of ${whole(all)}`,
      ),
      h("button", { disabled: starts.length === 1, on: step(() => starts.pop()) }, "Previous"),
      h("button", { disabled: page.next === null, on: step(() => starts.push(page.next)) }, "Next"),
    );
  }

  /** Filters, and brings the list into sight. */
  const show = wanted => {
    turn(wanted);
    place.scrollIntoView({ behavior: "smooth" });
  };
  return { look, show };
}
