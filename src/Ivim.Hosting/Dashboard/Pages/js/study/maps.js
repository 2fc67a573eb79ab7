// D, f, D* and a standard deviation over the scan, with one crosshair; while a study is at work, what there is of them.

import { get, at, pause } from "../api.js";
import { announce, h, put } from "../dom.js";
import { refused } from "../parts.js";
import { plural } from "../words.js";
import { PreviewImages, PublishedImages } from "./images.js";
import { Screen } from "./screen.js";
import { canDraw } from "./viewer.js";

const PAUSE = 4000;

export async function maps(place, context) {
  const { signal, study, view, may } = context;
  if (!canDraw()) {
    put(
      place,
      h(
        "p",
        { class: "notice" },
        "This browser has no WebGL 2, which the viewer needs. The report shows the maps without it.",
      ),
    );
    return;
  }
  const banner = h("div"),
    area = h("div");
  put(place, banner, area);
  let screen = null,
    shown = "";
  signal.addEventListener("abort", () => screen?.end(), { once: true });
  while (!signal.aborted) {
    const isPublished = view().phase === "published";
    try {
      const state = isPublished ? "published" : JSON.stringify(await get(at`/studies/${study}/preview`, signal));
      if (state !== shown) {
        const images = isPublished ? await PublishedImages.of(study, signal) : await PreviewImages.of(study, signal);
        put(banner, isPublished ? null : told(images.preview, view().phase));
        if (images.names.length > 0) {
          screen ??= await Screen.open(area, study, may("operator"), signal);
          await screen.use(images);
          announce(isPublished ? "The published maps are shown." : "The preview was renewed.");
        }
        shown = state;
      }
    } catch (error) {
      if (signal.aborted) return;
      put(banner, refused(error));
    }
    if (shown === "published") return;
    await pause(PAUSE, signal);
  }
}

/** Says plainly what a preview shows. */
function told(preview, phase) {
  const merged = preview.slabs.filter(slab => slab.merged).length;
  const partly = preview.slabs.filter(slab => !slab.merged && slab.parts > 0);
  const none = preview.slabs.length - merged - partly.length;
  if (merged + partly.length === 0)
    return h(
      "p",
      { class: "notice info" },
      phase === "running"
        ? "No map yet: a slab appears here when the first of its networks has come to its end."
        : "This study ended before it had any map.",
    );
  const one = (many, single, several) => (many === 1 ? single : several);
  const few = Math.min(...partly.map(slab => slab.parts)),
    many = Math.max(...partly.map(slab => slab.parts));
  const networks = `${few === many ? few : `${few} to ${many}`} of ${preview.members} networks`;
  const isOpen = phase === "running";
  return h(
    "p",
    { class: "notice info" },
    h("b", {}, isOpen ? "Live preview, not the published maps. " : "Not published. "),
    `Of ${plural(preview.slabs.length, "slab")}, ${merged} ${one(merged, "is", "are")} merged`,
    partly.length > 0 ? `; ${partly.length} ${one(partly.length, "shows", "show")} the mean over ${networks}` : "",
    partly.length > 0 && isOpen ? ", while the others still train" : "",
    none > 0 ? `; ${none} ${one(none, "has", "have")} nothing yet` : "",
    ". The spread here is over networks alone; published standard deviations also hold the noise.",
  );
}
