// The workers with what they do now, and the nodes that they run on; or one worker.

import { at, get, pause } from "../api.js";
import { h, put } from "../dom.js";
import { chip, meterWithFigure, refused, table, tile } from "../parts.js";
import { plural, whole } from "../words.js";

const PAUSE = 1500;

export const WORKER_HEADS = ["Worker", "Device", "Numeric class", "Study", "Item", { text: "Done", grow: true }];

export const workerRows = workers =>
  workers.map(worker => {
    const [study, item] = itemOf(worker);
    return [
      h("a", { href: `#/workers/${encodeURIComponent(worker.name)}`, class: "mono" }, worker.name),
      worker.device || "–",
      worker.numericClass || "–",
      study
        ? h("a", { href: `#/study/${encodeURIComponent(study)}/items`, class: "mono" }, study)
        : h("span", { class: "soft" }, "waits for work"),
      item ? h("span", { class: "mono" }, item) : h("span", { class: "none" }, "–"),
      item ? meterWithFigure(worker.fraction, `${worker.name}, ${item}`) : h("span", { class: "none" }, "–"),
    ];
  });

export async function workers(place, [wanted], { signal, title }) {
  title(wanted ? `Worker ${wanted}` : "Workers");
  const area = h("div");
  put(place, area);
  const seen = new Map();
  while (!signal.aborted) {
    try {
      const cluster = await get(at`/cluster`, signal);
      put(area, wanted ? one(cluster, wanted, seen) : all(cluster));
    } catch (error) {
      if (signal.aborted) return;
      put(area, refused(error));
    }
    await pause(PAUSE, signal);
  }
}

function all(cluster) {
  const busy = cluster.workers.filter(worker => worker.item).length;
  return [
    h("div", { class: "page-head" }, h("h1", {}, "Workers")),
    h(
      "dl",
      { class: "tiles" },
      tile("Workers", whole(cluster.workers.length), plural(cluster.nodes.length, "node")),
      tile(
        "At work",
        whole(busy),
        cluster.workers.length > 0
          ? `${Math.round((100 * busy) / cluster.workers.length)} % of the workers`
          : "no worker",
      ),
      tile("Ready items", whole(cluster.queue.ready), "wait for a worker"),
      tile("Waiting", whole(cluster.queue.waiting), "workers wait for an item"),
    ),
    h(
      "div",
      { class: "stack wide" },
      h(
        "section",
        { class: "panel" },
        table(WORKER_HEADS, workerRows(cluster.workers), "Workers", "No worker is connected: nothing is computed."),
      ),
      h("section", { class: "panel" }, h("div", { class: "row" }, h("h2", {}, "Nodes")), nodes(cluster.nodes)),
    ),
  ];
}

const nodes = list =>
  table(
    ["Address", "Role", "State", "Reachable"],
    list.map(node => [
      h("span", { class: "mono" }, node.address),
      node.role.split(",").join(", "),
      chip(node.status),
      node.reachable ? "yes" : h("b", {}, "no"),
    ]),
    "Nodes of the cluster",
  );

function one(cluster, name, seen) {
  const worker = cluster.workers.find(worker => worker.name === name);
  const head = h(
    "div",
    {},
    h("p", { class: "crumb" }, h("a", { href: "#/workers" }, "Workers")),
    h(
      "div",
      { class: "page-head" },
      h(
        "div",
        { class: "row" },
        h("h1", { class: "mono" }, name),
        chip(!worker ? "silent" : worker.item ? "running" : "waiting"),
      ),
    ),
  );
  if (!worker)
    return [
      head,
      h(
        "p",
        { class: "notice" },
        "The queue does not know this worker: its process has ended, cannot be reached, " +
          "or has not asked for work yet. Items that it held come back to the queue when their lease ends.",
      ),
    ];
  const [study, item] = itemOf(worker);
  if (item) seen.set(worker.item, { study, item, fraction: worker.fraction });
  const peers = cluster.workers.filter(other => other.node === worker.node && other.name !== worker.name);
  return [
    head,
    h(
      "div",
      { class: "columns" },
      h(
        "section",
        { class: "panel" },
        h("div", { class: "row" }, h("h2", {}, "At work on")),
        item
          ? h(
              "dl",
              { class: "facts" },
              h("dt", {}, "Study"),
              h("dd", {}, h("a", { class: "mono", href: `#/study/${encodeURIComponent(study)}/items` }, study)),
              h("dt", {}, "Item"),
              h("dd", { class: "mono" }, item),
              h("dt", {}, "Done"),
              h("dd", {}, meterWithFigure(worker.fraction, item)),
            )
          : h("p", { class: "soft" }, "Nothing: it waits for an item that suits its class."),
        seen.size > 1
          ? [
              h("h3", { class: "spaced" }, "Since this page is open"),
              table(
                ["Item", "Study"],
                [...seen.values()]
                  .reverse()
                  .slice(item ? 1 : 0, 20)
                  .map(past => [
                    h("span", { class: "mono" }, past.item),
                    h("a", { class: "mono", href: `#/study/${encodeURIComponent(past.study)}/items` }, past.study),
                  ]),
                "Earlier items",
              ),
            ]
          : null,
      ),
      h(
        "section",
        { class: "panel" },
        h("div", { class: "row" }, h("h2", {}, "About it")),
        h(
          "dl",
          { class: "facts" },
          h("dt", {}, "Node"),
          h("dd", { class: "mono" }, worker.node),
          h("dt", {}, "Device"),
          h("dd", {}, worker.device || "–"),
          h("dt", {}, "Numeric class"),
          h("dd", { class: "mono" }, worker.numericClass || "–"),
          h("dt", {}, "Other slots"),
          h(
            "dd",
            {},
            peers.length === 0
              ? "none"
              : peers.map((peer, i) => [
                  i > 0 ? ", " : "",
                  h("a", { class: "mono", href: `#/workers/${encodeURIComponent(peer.name)}` }, peer.name),
                ]),
          ),
        ),
      ),
    ),
  ];
}

/** `st-1f../train/slab-003` in its two parts; of an idle worker two times null. */
function itemOf(worker) {
  if (!worker.item) return [null, null];
  const cut = worker.item.indexOf("/");
  return [worker.item.slice(0, cut), worker.item.slice(cut + 1)];
}
