// The report of a published study, in a frame that may run and load nothing.

import { at, bytes, pause } from "../api.js";
import { h, put } from "../dom.js";
import { refused } from "../parts.js";

export async function report(place, { study, signal, view }) {
  while (view().phase !== "published") {
    put(place, h("p", { class: "soft" }, "There is a report once the maps are published."));
    await pause(2000, signal);
    if (signal.aborted) return;
  }
  try {
    const page = new Blob([await bytes(at`/studies/${study}/report`, signal)], { type: "text/html" });
    const address = URL.createObjectURL(page);
    signal.addEventListener("abort", () => URL.revokeObjectURL(address), { once: true });
    put(
      place,
      h(
        "div",
        { class: "row apart" },
        h("p", { class: "soft small" }, "One file without script or address; it opens offline."),
        h("a", { class: "button", href: address, download: `${study}.html` }, "Download"),
      ),
      h("iframe", { class: "report spaced", title: `Report of ${study}`, sandbox: "", src: address }),
    );
  } catch (error) {
    if (!signal.aborted) put(place, refused(error));
  }
}
