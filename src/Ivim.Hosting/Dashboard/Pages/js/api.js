// The HTTP API (docs/api.md). The token is kept for this tab alone and goes into a header, never into an address.

const KEY = "ivim-token";

/** What the server refuses: its code and one line. */
export class Refusal extends Error {
  constructor(status, code, line) {
    super(line);
    this.status = status;
    this.code = code;
  }
}

export const token = {
  get: () => sessionStorage.getItem(KEY),
  set: value => sessionStorage.setItem(KEY, value),
  clear: () => sessionStorage.removeItem(KEY),
};

/** Puts words into the parts of an address, escaped. */
export const at = (strings, ...parts) =>
  "/api/v1" + strings.reduce((path, text, i) => path + encodeURIComponent(parts[i - 1]) + text);

/** A query from an object; empty values are left out. */
export const query = values => {
  const kept = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== "");
  return kept.length === 0 ? "" : "?" + new URLSearchParams(kept);
};

export async function get(path, signal) {
  return (await ask("GET", path, signal)).json();
}

export async function post(path) {
  return (await ask("POST", path)).json();
}

/** The bytes of a map, a scan or a report. */
export async function bytes(path, signal) {
  return (await ask("GET", path, signal)).arrayBuffer();
}

/**
 * Follows server-sent events until the signal ends it. An `EventSource` could not send the token.
 * @param {(type: string, view: Object) => void} heard
 * @param {(live: boolean) => void} [state] told whether the stream stands.
 */
export async function follow(path, heard, signal, state = () => {}) {
  let last = null;
  while (!signal.aborted) {
    try {
      const answer = await ask("GET", path, signal, last === null ? {} : { "Last-Event-ID": last });
      state(true);
      for await (const event of events(answer.body, signal)) {
        last = event.id ?? last;
        heard(event.type, JSON.parse(event.data));
      }
      // The end of what is followed: whoever wants more looks again now and then.
      await pause(15000, signal);
    } catch (error) {
      if (signal.aborted) return;
      state(false);
      if (error instanceof Refusal && (error.status === 401 || error.status === 404)) throw error;
      await pause(3000, signal);
    }
  }
}

/** Ends early, without a word, when the signal does. */
export function pause(milliseconds, signal) {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

let whenRefused = () => {};

/** What to do when the server does not know the token any more. */
export function onTokenRefused(act) {
  whenRefused = act;
}

async function ask(method, path, signal, headers = {}) {
  const answer = await fetch(path, {
    method,
    signal,
    headers: { ...headers, Authorization: `Bearer ${token.get() ?? ""}` },
    cache: "no-store",
    credentials: "omit",
    redirect: "error",
    referrerPolicy: "no-referrer",
  });
  if (answer.ok) return answer;
  const problem = await answer.json().catch(() => ({}));
  const refusal = new Refusal(
    answer.status,
    problem.code ?? `HTTP-${answer.status}`,
    problem.detail ?? `The server answered with ${answer.status}.`,
  );
  if (answer.status === 401) whenRefused(refusal);
  throw refusal;
}

async function* events(stream, signal) {
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  signal.addEventListener("abort", () => reader.cancel().catch(() => {}), { once: true });
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const event = { type: "message", data: "" };
      for (const line of block.split("\n")) {
        if (line.startsWith("event: ")) event.type = line.slice(7);
        else if (line.startsWith("id: ")) event.id = line.slice(4);
        else if (line.startsWith("data: ")) event.data += line.slice(6);
      }
      if (event.data !== "") yield event;
    }
  }
}
