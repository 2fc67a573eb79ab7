// The way from an address to a page. Pages are functions (place, parts, context) that draw until their signal ends.

import { get, at, onTokenRefused, token, Refusal } from "./api.js";
import { announce, h, put } from "./dom.js";
import { refused } from "./parts.js";
import { login } from "./pages/login.js";
import { overview } from "./pages/overview.js";
import { cohort } from "./pages/cohort.js";
import { studies } from "./pages/studies.js";
import { study } from "./pages/study.js";
import { workers } from "./pages/workers.js";

const PAGES = { "": overview, cohort, studies, study, workers };

const NAVIGATION = [
  ["#/", "Overview"],
  ["#/studies", "Studies"],
  ["#/workers", "Workers"],
];

const RANKS = ["viewer", "operator", "admin"];

const content = document.getElementById("content");
const top = document.getElementById("top");
let current = new AbortController();
let caller = null;
let shown = null;

onTokenRefused(() => {
  if (caller === null) return;
  caller = null;
  token.clear();
  route();
});
addEventListener("hashchange", route);
route();

async function route() {
  const parts = location.hash.replace(/^#\/?/, "").split("/").map(decoded);
  const isSamePage = caller !== null && shown !== null && shown.name === parts[0] && shown.what === parts[1];
  if (isSamePage && shown.turn?.(parts)) return;
  current.abort();
  const mine = (current = new AbortController());
  if ((caller === null && !(await isKnown(mine.signal))) || mine.signal.aborted) return;
  header(parts[0]);
  const place = h("div");
  put(content, place);
  const page = PAGES[parts[0]];
  document.title = "Ivim";
  shown = { name: parts[0], what: parts[1] };
  if (!page) {
    put(place, h("h1", {}, "No such page"), h("p", {}, h("a", { href: "#/" }, "Overview")));
    return;
  }
  const context = {
    signal: mine.signal,
    may: role => RANKS.indexOf(caller.role) >= RANKS.indexOf(role),
    title: text => {
      document.title = `${text} · Ivim`;
      announce(text);
    },
    /** What to do when only a later part of the address changes; false where the page has to be drawn anew. */
    turn: act => {
      shown.turn = act;
    },
  };
  window.scrollTo(0, 0);
  try {
    await page(place, parts.slice(1), context);
  } catch (error) {
    if (!mine.signal.aborted) put(place, refused(error));
  }
}

/** Whether the server knows the token; if not, asks for one. */
async function isKnown(signal) {
  if (token.get()) {
    try {
      caller = await get(at`/caller`, signal);
      return true;
    } catch (error) {
      if (signal.aborted) return false;
      if (!(error instanceof Refusal && error.status === 401)) {
        put(content, refused(error), h("p", {}, h("button", { on: { click: route } }, "Try again")));
        return false;
      }
    }
  }
  top.hidden = true;
  shown = null;
  login(content, found => {
    caller = found;
    route();
  });
  return false;
}

function header(page) {
  top.hidden = false;
  put(
    top,
    h(
      "div",
      { class: "inside" },
      h("a", { class: "brand", href: "#/" }, h("img", { src: "/ui/icon.svg", alt: "" }), "Ivim"),
      h(
        "nav",
        { "aria-label": "Pages" },
        NAVIGATION.map(([address, name]) =>
          h("a", { href: address, "aria-current": address === `#/${page}` ? "page" : null }, name),
        ),
      ),
      h(
        "div",
        { class: "who" },
        h("span", {}, "Role: ", caller.role),
        h("button", { class: "tiny", on: { click: leave } }, "Sign out"),
      ),
    ),
  );
}

function leave() {
  token.clear();
  caller = null;
  route();
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
