// Elements from plain values. Text goes in as text and nothing else: whatever a study, a centre or an error is called,
// it never becomes markup.

/**
 * @param {string} tag
 * @param {Object} [traits] `class`, `on` (listeners by event), `data`, or attributes; null and false leave one out.
 * @param {...(Node|string|number|Array|null)} children
 */
export function h(tag, traits = {}, ...children) {
  return fill(document.createElement(tag), traits, children);
}

/** The same for a picture of lines. */
export function svg(tag, traits = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), traits, children);
}

/** Replaces what an element holds. What had the focus has it again, and what was folded out stays so. */
export function put(element, ...children) {
  const active = document.activeElement;
  const focused = active !== element && element.contains(active) ? sign(active) : null;
  const folds = new Map([...element.querySelectorAll("details")].map(fold => [sign(fold), fold.open]));
  element.replaceChildren(...flat(children));
  if (focused !== null)
    [...element.querySelectorAll(active.tagName)].find(one => sign(one) === focused)?.focus({ preventScroll: true });
  for (const fold of element.querySelectorAll("details")) fold.open = folds.get(sign(fold)) ?? fold.open;
  return element;
}

/** By what an element is known again after it was drawn anew. */
const sign = element =>
  ["id", "href", "aria-label", "name"].map(name => element.getAttribute(name) ?? "").join(" ") +
  (element.tagName === "DETAILS" ? "" : element.textContent.slice(0, 60));

/** Says something to those who hear the page instead of seeing it. */
export function announce(text) {
  document.getElementById("live").textContent = text;
}

function fill(element, traits, children) {
  for (const [name, value] of Object.entries(traits ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else if (name === "width%") element.style.width = `${value}%`;
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...flat(children));
  return element;
}

const flat = children =>
  children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false);
