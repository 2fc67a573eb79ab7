// The images of a study: published maps, or a preview of those that are on their way; each is asked for once.

import { at, bytes, get } from "../api.js";
import { read } from "./viewer.js";

/** `factor` brings values to the unit that people read. */
export const PARAMETERS = {
  D: { name: "D", long: "Tissue diffusivity", unit: "10⁻³ mm²/s", factor: 1000, colors: "viridis" },
  f: { name: "f", long: "Perfusion fraction", unit: "%", factor: 100, colors: "inferno" },
  Dstar: { name: "D*", long: "Pseudo-diffusivity", unit: "10⁻³ mm²/s", factor: 1000, colors: "plasma" },
  S0: { name: "S0", long: "Signal at b = 0", unit: "scanner units", factor: 1, colors: "gray" },
  rmse: { name: "rmse", long: "Residual, relative", unit: "%", factor: 100, colors: "magma" },
};

export const SPREAD = "-std",
  POLISHED = "-polished";

class Images {
  #read = new Map();

  /** @returns {Promise<{bytes: ArrayBuffer, image: Object}>} */
  image(name, signal) {
    if (!this.#read.has(name)) {
      const whole = this.fetch(name, signal).then(async sent => ({
        bytes: sent,
        image: await read(sent.slice(0), name),
      }));
      whole.catch(() => this.#read.delete(name));
      this.#read.set(name, whole);
    }
    return this.#read.get(name);
  }
}

export class PublishedImages extends Images {
  constructor(study, artifacts) {
    super();
    this.study = study;
    this.names = artifacts.map(artifact => artifact.parameter);
    this.sums = new Map(artifacts.map(artifact => [artifact.parameter, artifact.sha256]));
  }

  static async of(study, signal) {
    return new PublishedImages(study, (await get(at`/studies/${study}/artifacts`, signal)).artifacts);
  }

  fetch(name, signal) {
    return name === "scan"
      ? bytes(at`/studies/${this.study}/scan`, signal)
      : bytes(at`/studies/${this.study}/artifacts/${this.sums.get(name)}`, signal);
  }
}

export class PreviewImages extends Images {
  constructor(study, preview) {
    super();
    this.study = study;
    this.preview = preview;
    this.names = preview.slabs.some(slab => slab.parts > 0) ? preview.parameters : [];
  }

  static async of(study, signal) {
    return new PreviewImages(study, await get(at`/studies/${study}/preview`, signal));
  }

  fetch(name, signal) {
    return name === "scan"
      ? bytes(at`/studies/${this.study}/scan`, signal)
      : bytes(at`/studies/${this.study}/preview/${name}`, signal);
  }
}

/** The values that 2 and 98 of 100 voxels of the mask lie below; the scale begins at 0 and ends at a round number. */
export function scaleOf(values, mask) {
  const inside = [];
  const step = Math.max(1, Math.floor(values.length / 400000));
  for (let i = 0; i < values.length; i += step) if (mask[i] > 0 && Number.isFinite(values[i])) inside.push(values[i]);
  if (inside.length === 0) return { low: 0, high: 1 };
  inside.sort((a, b) => a - b);
  const most = inside[Math.floor(0.98 * (inside.length - 1))];
  return { low: 0, high: most > 0 ? rounded(most) : 1 };
}

/** What of the ground is drawn from black to white. */
export function greysOf(values) {
  const seen = [];
  const step = Math.max(1, Math.floor(values.length / 200000));
  for (let i = 0; i < values.length; i += step) if (values[i] > 0) seen.push(values[i]);
  seen.sort((a, b) => a - b);
  return seen.length === 0 ? [0, 1] : [0, seen[Math.floor(0.985 * (seen.length - 1))]];
}

function rounded(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].find(step => step * power >= value * 0.999) * power;
}
