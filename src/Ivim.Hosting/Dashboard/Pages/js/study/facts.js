// What happened to a study, in words.

import { at, get, query } from "../api.js";
import { h } from "../dom.js";
import { span } from "../words.js";

const PAGE = 1000;

const TEXTS = {
  submitted: "submitted",
  reopened: "tried again",
  cancelled: "cancelled",
  published: "maps published",
  failed: "failed",
  done: "done",
  reused: "result was there before",
  attempt: "an attempt failed; tried again",
  lost: "its artifact is missing or damaged; made again",
  doubted: "another result was found",
  republished: "files are wanted once more",
};

export async function allFacts(study, signal) {
  const facts = [];
  for (let from = 0; from !== null;) {
    const page = await get(at`/studies/${study}/facts` + query({ from, most: PAGE }), signal);
    facts.push(...page.facts);
    from = page.next;
  }
  return facts;
}

export const factText = fact => [
  TEXTS[fact.fact] ?? fact.fact,
  fact.seconds !== null ? ` in ${span(fact.seconds)}` : "",
  fact.worker ? [" on ", h("span", { class: "mono" }, fact.worker)] : "",
  fact.code ? [": ", h("code", { title: fact.message }, fact.code)] : "",
];
