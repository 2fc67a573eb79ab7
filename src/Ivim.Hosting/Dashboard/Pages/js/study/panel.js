// One picture with its title, the value at the crosshair, and its scale of colours.

import { h } from "../dom.js";

export function panel(key) {
  const canvas = h("canvas", { tabindex: 0, role: "application" });
  const [title, value, low, high, strip] = [
    h("h3"),
    h("span", { class: "value" }),
    h("span"),
    h("span"),
    h("canvas", { "aria-hidden": "true" }),
  ];
  const stage = h("div", { class: "stage" }, canvas);
  return {
    key,
    canvas,
    title,
    value,
    low,
    high,
    strip,
    stage,
    root: h(
      "section",
      { class: "view" },
      h("div", { class: "head" }, title, value),
      stage,
      h("div", { class: "scale" }, low, strip, high),
    ),
  };
}
