// One cohort: centres, what failed and why, and its studies, a page at a time from the server.

import { at, follow, get, pause, post, query } from "../api.js";
import { h, put } from "../dom.js";
import { bar, chip, codedLine, entries, legend, order, refused, studyLink, sumOf, sure, table } from "../parts.js";
import { centreTable, paceOf } from "./overview.js";
import { ENTRY_PHASES, plural, short, whole } from "../words.js";

const PAGE = 50, LOOK_AGAIN = 3000, MOST_HELD_UP = 5;

export async function cohort(place, [name, centre], context) {
  const { signal, title } = context;
  title(`Cohort ${name}`);
  const [head, summary, reasons, list, outcome] = Array.from({ length: 5 }, () => h("div"));
  put(place, head, outcome, h("div", { class: "stack wide" }, summary, reasons, list));
  let view = await get(at`/cohorts/${name}`, signal);
  const page = entryPage(list, name, centre ?? "", () => view, outcome, context);
  const draw = () => {
    const sum = sumOf(view.centres);
    put(head, headOf(view, sum, outcome, context, seen => { view = seen; draw(); }));
    put(summary, h("section", { class: "panel" }, bar(sum), legend(sum), h("div", { class: "spaced" },
      centreTable(view.centres, view.name))));
    put(reasons, reasonsOf(view, page.filter));
  };
  draw();
  page.look();
  let isDirty = false;
  const stream = follow(at`/cohorts/${name}/events`, (_, seen) => { view = seen; isDirty = true; draw(); }, signal);
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
  const act = (verb, said) => async () => { seen(await post(at`/cohorts/${view.name}/` + verb)); return said; };
  const bad = sum.failed + sum.refused;
  const buttons = !may("operator") ? null : h("div", { class: "row" },
    view.phase === "paused" ? order("Resume", outcome, act("resume", "The cohort goes on.")) : null,
    view.phase === "running" ? order("Pause", outcome, act("pause", "No more studies are started; those at work go on.")) : null,
    bad > 0 ? order(`Retry ${whole(bad)} failed`, outcome, act("retry", "They are tried again.")) : null,
    view.phase !== "ended" ? order("Cancel all …", outcome, async () => await sure(`Cancel all of ${view.name}?`,
      "Work on every study that is not published ends. Results that are there stay, and a retry goes on from them.", "Cancel all")
      ? act("cancel", "The cohort is being cancelled.")() : null, "grave") : null);
  return [h("p", { class: "crumb" }, h("a", { href: "#/" }, "Overview")), h("div", { class: "page-head" },
    h("div", {}, h("div", { class: "row" }, h("h1", {}, view.name), chip(view.phase)),
      h("p", { class: "soft" }, paceOf(view, sum)),
      h("p", { class: "soft small" }, `${plural(view.limit, "study", "studies")} at a time · protocol `,
        h("code", { title: view.protocol }, short(view.protocol)),
        view.protocolVersion > 1 ? `, version ${view.protocolVersion}` : "")), buttons)];
}

function reasonsOf(view, filter) {
  if (view.codes.length === 0 && view.heldUp.length === 0) return null;
  return h("section", { class: "panel" }, h("div", { class: "row" }, h("h2", {}, "Why it is not finishing")),
    h("div", { class: "stack" },
      view.codes.length === 0 ? null : table(["Code", { text: "Studies", number: true }, ""], view.codes.map(code => [
        h("code", {}, code.code), whole(code.entries),
        h("button", { class: "tiny", on: { click: () => filter("failed") } }, "Show failed")]), "Codes of failures"),
      view.heldUp.slice(0, MOST_HELD_UP).map(one => h("div", {}, h("p", { class: "small soft" }, one.centre,
        one.study ? [" · ", studyLink(one.study)] : ""), codedLine(one))),
      view.heldUp.length > MOST_HELD_UP ? h("p", { class: "soft small" },
        `and ${entries(view.heldUp.length - MOST_HELD_UP)} more`) : null));
}

/** The list of entries with its filters; keeps where each page begins, since a filter skips an unknown number. */
function entryPage(place, name, firstCentre, viewOf, outcome, context) {
  let starts = [0], centre = firstCentre, phase = "", asked = 0;
  const body = h("div");
  const phases = h("select", { id: "phase", on: { change: () => turn({ phase: phases.value }) } },
    h("option", { value: "" }, "all states"), ENTRY_PHASES.map(one => h("option", { value: one }, one)));
  const centres = h("select", { id: "centre", on: { change: () => turn({ centre: centres.value }) } });
  const known = () => ["", ...viewOf().centres.map(one => one.centre)];
  put(place, h("section", { class: "panel", id: "entries" }, h("div", { class: "row apart" }, h("h2", {}, "Studies"),
    h("div", { class: "row" }, h("label", { for: "phase" }, "State"), phases, h("label", { for: "centre" }, "Centre"), centres)), body));

  async function look() {
    const mine = ++asked;
    if (centres.options.length !== known().length)
      put(centres, known().map(one => h("option", { value: one }, one || "all centres")));
    centres.value = centre;
    try {
      const page = await get(at`/cohorts/${name}/entries`
        + query({ centre, phase, from: starts.at(-1), most: PAGE }), context.signal);
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

  const rows = page => table(["Pseudonym", "Centre", "State", "Study", "Code", { text: "Priority", number: true },
    ...(context.may("operator") ? [""] : [])], page.entries.map(entry => [h("span", { class: "mono" }, entry.entry), entry.centre,
    chip(entry.phase), entry.study ? studyLink(entry.study) : h("span", { class: "none" }, "–"),
    entry.code ? h("code", {}, entry.code) : h("span", { class: "none" }, "–"), whole(entry.priority),
    ...(context.may("operator") ? [buttonOf(entry)] : [])]), `Studies of ${name}`, "No study in this state.");

  const act = (verb, entry) => async () => {
    await post(at`/cohorts/${name}/` + verb + query({ entry, cancelled: verb === "retry" ? true : null }));
    await look();
    return verb === "retry" ? `${entry} is tried again.` : `${entry} is being cancelled.`;
  };
  const buttonOf = entry => ["failed", "refused", "cancelled"].includes(entry.phase)
    ? order("Retry", outcome, act("retry", entry.entry), "tiny")
    : ["waiting", "running"].includes(entry.phase) ? order("Cancel", outcome, act("cancel", entry.entry), "tiny") : null;

  function pager(page) {
    const first = (starts.length - 1) * PAGE;
    const all = viewOf().centres.filter(one => !centre || one.centre === centre)
      .reduce((sum, one) => sum + (phase ? one[phase] : one.total), 0);
    const step = act => ({ click: () => { act(); look(); } });
    return h("nav", { class: "pager", "aria-label": "Pages of the list" },
      h("span", {}, page.entries.length === 0 ? "" : `${whole(first + 1)} to ${whole(first + page.entries.length)} of ${whole(all)}`),
      h("button", { disabled: starts.length === 1, on: step(() => starts.pop()) }, "Previous"),
      h("button", { disabled: page.next === null, on: step(() => starts.push(page.next)) }, "Next"));
  }

  const filter = wanted => { turn({ phase: wanted }); place.scrollIntoView({ behavior: "smooth" }); };
  return { look, filter };
}
