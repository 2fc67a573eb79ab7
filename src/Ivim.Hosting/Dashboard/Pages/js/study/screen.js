// Four pictures of a study with one crosshair, the tools above them, and the values at the crosshair below.

import { h, put } from "../dom.js";
import { table } from "../parts.js";
import { measure } from "../words.js";
import { PARAMETERS, POLISHED, SPREAD, greysOf, scaleOf } from "./images.js";
import { panel } from "./panel.js";
import { PLANES, Views, drawScale } from "./viewer.js";

/** The tools, the four pictures and the values at the crosshair. */
export class Screen {
  #last = Promise.resolve();
  #plane = "axial";
  #spreadOf = "D";
  #kind = "";
  #opacity = 1;
  #ground = "S0";

  static async open(place, study, seesScan, signal) {
    const screen = new Screen();
    Object.assign(screen, {
      seesScan,
      signal,
      tools: h("div", { class: "tools" }),
      readout: h("div", { class: "readout panel" }),
    });
    screen.#ground = seesScan ? "scan" : "S0";
    screen.views = new Views(where => screen.#read(where));
    screen.panels = ["D", "f", "Dstar", "spread"].map(key => panel(key));
    put(
      place,
      screen.tools,
      h(
        "div",
        { class: "views" },
        screen.panels.map(one => one.root),
      ),
      screen.readout,
    );
    for (const one of screen.panels) one.view = await screen.views.add(one.canvas);
    return screen;
  }

  end() {
    this.views.end();
  }

  async use(images) {
    this.images = images;
    this.kinds = images.names.some(name => name.endsWith(POLISHED)) ? ["", POLISHED] : [""];
    if (!this.kinds.includes(this.#kind)) this.#kind = "";
    const isFirst = !this.mask;
    this.mask = (await this.images.image(images.names.includes("mask") ? "mask" : "S0", this.signal)).image.img;
    await this.#redraw();
    if (isFirst) this.#start();
  }

  /** One drawing after the other: each takes the choices as they are when its turn comes. */
  #redraw() {
    const drawn = this.#last.catch(() => {}).then(() => this.#draw());
    this.#last = drawn;
    return drawn;
  }

  async #draw() {
    const ground = await this.#groundImage();
    const greys = greysOf(ground.image.img);
    for (const one of this.panels) {
      const parameter = one.key === "spread" ? this.#spreadOf : one.key;
      const name = parameter + (parameter === "rmse" ? "" : this.#kind) + (one.key === "spread" ? SPREAD : "");
      one.name = name;
      const map = this.images.names.includes(name) ? await this.images.image(name, this.signal) : null;
      if (map === null || (one.key === "spread" && !map.image.img.some(value => value > 0))) {
        put(one.title, `Standard deviation of ${PARAMETERS[parameter].name}`);
        put(one.stage, h("p", { class: "empty" }, map ? "One network alone has no spread." : "There is no such map."));
        continue;
      }
      if (one.canvas.parentElement !== one.stage) put(one.stage, one.canvas);
      const about = PARAMETERS[parameter],
        scale = scaleOf(map.image.img, this.mask);
      const colors = one.key === "spread" ? "cividis" : about.colors;
      await this.views.show(
        one.view,
        ground.bytes.slice(0),
        greys,
        map.bytes.slice(0),
        { values: map.image.img, mask: this.mask, ...scale, colors },
        this.#opacity,
      );
      put(
        one.title,
        one.key === "spread" ? `Standard deviation of ${about.name} ` : `${about.name} `,
        h("span", { class: "unit" }, one.key === "spread" ? `[${about.unit}]` : `${about.long} [${about.unit}]`),
      );
      one.canvas.setAttribute(
        "aria-label",
        `${one.title.textContent}. Arrow keys move the crosshair, page keys change the slice.`,
      );
      put(one.low, measure(about.factor * scale.low));
      put(one.high, measure(about.factor * scale.high));
      drawScale(one.strip, colors);
    }
    this.views.plane(this.#plane);
    this.#drawTools();
    this.views.go(this.voxel ?? [0, 0, 0]);
  }

  /** The scan for those who may see it, while it is there; else S0. */
  async #groundImage() {
    if (this.#ground === "scan")
      try {
        return await this.images.image("scan", this.signal);
      } catch (error) {
        if (this.signal.aborted) throw error;
        [this.#ground, this.seesScan] = ["S0", false];
      }
    return this.images.image("S0", this.signal);
  }

  /** Begins in the middle of a slice that has about the most of the mask. */
  #start() {
    const [, nx, ny, nz] = this.panels[0].view.nv.volumes[0].dimsRAS;
    const mask = this.panels[0].view.nv.volumes[1],
      sums = Array.from({ length: nz }, () => [0, 0, 0]);
    for (let z = 0; z < nz; z++)
      for (let y = 0; y < ny; y++)
        for (let x = 0; x < nx; x++)
          if (mask.getValue(x, y, z) > mask.cal_min) {
            sums[z][0]++;
            sums[z][1] += x;
            sums[z][2] += y;
          }
    const most = 0.95 * Math.max(...sums.map(sum => sum[0])),
      full = sums.flatMap((sum, z) => (sum[0] >= most ? [z] : []));
    const z = full[full.length >> 1];
    const [many, x, y] = sums[z];
    this.size = [nx, ny, nz];
    this.voxel = many > 0 ? [Math.round(x / many), Math.round(y / many), z] : [nx >> 1, ny >> 1, nz >> 1];
    this.#drawTools();
    this.views.go(this.voxel);
  }

  #drawTools() {
    const button = (text, isOn, act) => h("button", { "aria-pressed": String(isOn), on: { click: act } }, text);
    const field = (name, control) =>
      h(
        "div",
        { class: "field", role: "group", "aria-label": name },
        h("span", { class: "small soft" }, name),
        control,
      );
    const choice = (name, pairs, now, act) =>
      field(
        name,
        h(
          "div",
          { class: "switch" },
          pairs.map(([key, text]) => button(text, key === now, () => act(key))),
        ),
      );
    const axis = PLANES[this.#plane].axis;
    this.slice = !this.size
      ? null
      : h("input", {
          type: "range",
          "aria-label": "Slice",
          min: 0,
          max: this.size[axis] - 1,
          value: this.voxel[axis],
          on: {
            input: () => {
              const to = [...this.voxel];
              to[axis] = Number(this.slice.value);
              this.views.go(to);
            },
          },
        });
    const opacity = h("input", {
      type: "range",
      "aria-label": "Opacity of the maps, in per cent",
      min: 0,
      max: 100,
      value: 100 * this.#opacity,
      on: {
        input: () => {
          this.#opacity = opacity.value / 100;
          this.views.opacity(this.#opacity);
        },
      },
    });
    put(
      this.tools,
      choice(
        "Plane",
        Object.keys(PLANES).map(key => [key, key]),
        this.#plane,
        key => {
          this.#plane = key;
          this.views.plane(key);
          this.#drawTools();
        },
      ),
      this.slice ? field("Slice", this.slice) : null,
      this.kinds.length > 1
        ? choice(
            "Maps",
            [
              ["", "plain"],
              [POLISHED, "polished"],
            ],
            this.#kind,
            key => {
              this.#kind = key;
              this.#redraw();
            },
          )
        : null,
      choice(
        "Spread of",
        ["D", "f", "Dstar", "S0"]
          .filter(key => this.images.names.includes(key + this.#kind + SPREAD))
          .map(key => [key, PARAMETERS[key].name]),
        this.#spreadOf,
        key => {
          this.#spreadOf = key;
          this.#redraw();
        },
      ),
      this.seesScan
        ? choice(
            "Ground",
            [
              ["scan", "scan"],
              ["S0", "S0 map"],
            ],
            this.#ground,
            key => {
              this.#ground = key;
              this.#redraw();
            },
          )
        : null,
      field("Opacity", opacity),
    );
  }

  /** The values of all maps at the crosshair. */
  async #read({ mm, voxel }) {
    this.voxel = voxel;
    const axis = PLANES[this.#plane].axis;
    if (this.slice) this.slice.value = voxel[axis];
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const value = async name => {
      if (!this.images.names.includes(name)) return null;
      const { image } = await this.images.image(name, this.signal);
      return image.getValue(...image.mm2vox(mm));
    };
    const isInside = ((await value("mask")) ?? (await value("S0"))) > 0;
    const rows = await Promise.all(
      Object.entries(PARAMETERS).map(async ([key, about]) => {
        const name = key === "rmse" ? key : key + this.#kind,
          [mean, spread] = [await value(name), await value(name + SPREAD)];
        const text = one => (one === null ? "–" : isInside ? measure(about.factor * one) : "outside the mask");
        return [
          `${about.name} · ${about.long}`,
          text(mean),
          isInside && spread > 0 ? `± ${text(spread)}` : "–",
          about.unit,
        ];
      }),
    );
    if (turn !== this.turn || this.signal.aborted) return;
    put(
      this.readout,
      h(
        "div",
        { class: "row apart" },
        h("h2", {}, "At the crosshair"),
        h(
          "span",
          { class: "soft small figure" },
          `voxel ${voxel.map(Math.round).join(", ")} · ${mm.map(one => one.toFixed(1)).join(", ")} mm`,
        ),
      ),
      table(
        ["Map", { text: "Value", number: true }, { text: "Standard deviation", number: true }, "Unit"],
        rows,
        "Values at the crosshair",
      ),
    );
    for (const one of this.panels) {
      const about = PARAMETERS[one.key === "spread" ? this.#spreadOf : one.key];
      const here = isInside && one.name ? await value(one.name) : null;
      put(one.value, here === null ? "" : measure(about.factor * here));
    }
  }
}
