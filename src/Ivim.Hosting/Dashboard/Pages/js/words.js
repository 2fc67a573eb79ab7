// How states, numbers and times are written. Every state is a word and a sign; its colour only repeats it.

const SIGNS = {
  published: "✓",
  done: "✓",
  up: "✓",
  running: "▸",
  waiting: "○",
  ready: "◔",
  reused: "↺",
  stopping: "◌",
  paused: "‖",
  ended: "■",
  failed: "✕",
  refused: "⊘",
  cancelled: "–",
  stopped: "–",
  silent: "?",
};

export const ENTRY_PHASES = ["published", "running", "stopping", "waiting", "failed", "refused", "cancelled"];

export const STAGES = ["prepare", "start", "train", "merge", "polish", "assemble", "publish"];

export const signOf = state => SIGNS[state] ?? "•";

export const whole = number => Math.round(number).toLocaleString("en-GB");

export const percent = fraction => `${Math.floor(100 * fraction)} %`;

export const plural = (count, one, many = one + "s") => `${whole(count)} ${count === 1 ? one : many}`;

/** Of a share of a range: as many digits as tell two neighbours apart. */
export function measure(value) {
  const size = Math.abs(value);
  if (size === 0) return "0";
  return size >= 999.5 ? whole(value) : size < 0.001 ? value.toExponential(1) : value.toPrecision(3);
}

export function span(seconds) {
  if (seconds === null || seconds === undefined) return "";
  if (seconds < 1) return `${Math.round(1000 * seconds)} ms`;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172800) return `${(seconds / 3600).toFixed(seconds < 36000 ? 1 : 0)} h`;
  return `${Math.round(seconds / 86400)} days`;
}

export function moment(text) {
  const time = new Date(text);
  return time.toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "medium" });
}

/** The first digits of a hash: enough for people to tell two apart. */
export const short = hash => hash.slice(0, 12);
