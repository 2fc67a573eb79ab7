// Pictures of one study that share a crosshair, drawn by NiiVue (vendor/NOTICES.txt).

import "../../vendor/niivue-0.69.0.js";

const { Niivue, NVImage, cmapper } = globalThis.niivue;

const STEPS = 256,
  NODES = 32;

/** Of the plane that a picture shows, the axis that leads out of it. */
export const PLANES = { axial: { type: 0, axis: 2 }, coronal: { type: 1, axis: 1 }, sagittal: { type: 2, axis: 0 } };

export const canDraw = () => document.createElement("canvas").getContext("webgl2") !== null;

/** A NIfTI image as it was sent; voxels stay as they are. */
export const read = (bytes, name) =>
  NVImage.loadFromUrl({ url: `${name}.nii.gz`, name: `${name}.nii.gz`, buffer: bytes });

/** The pictures that move together. */
export class Views {
  #views = [];
  #isMoving = false;

  /** @param {(place: {mm: number[], voxel: number[]}) => void} moved */
  constructor(moved) {
    this.moved = moved;
  }

  async add(canvas) {
    const nv = new Niivue({
      backColor: [0.043, 0.059, 0.075, 1],
      crosshairColor: [1, 0.82, 0.35, 0.9],
      crosshairWidth: 0.45,
      crosshairWidthUnit: "percent",
      crosshairGap: 4,
      isColorbar: false,
      loadingText: "",
      isRadiologicalConvention: true,
      logLevel: "silent",
      dragAndDropEnabled: false,
      isNearestInterpolation: true,
      show3Dcrosshair: false,
      fontMinPx: 11,
      fontSizeScaling: 0.2,
      isOrientationTextVisible: true,
    });
    nv.setSliceType(PLANES.axial.type);
    await nv.attachToCanvas(canvas);
    const view = { nv, canvas };
    nv.onLocationChange = place => this.#follow(view, place);
    canvas.addEventListener("keydown", event => this.#key(event));
    this.#views.push(view);
    return view;
  }

  /**
   * Lays a map over the ground. Voxels of the mask are always drawn, also at the lowest value of the scale; those
   * outside never are.
   * @param {{values: ArrayLike<number>, mask: ArrayLike<number>, low: number, high: number, colors: string}} map
   */
  async show(view, groundBytes, groundRange, mapBytes, map, opacity) {
    const nv = view.nv,
      place = nv.volumes.length > 0 ? [...nv.scene.crosshairPos] : null;
    const ground = await read(groundBytes, "ground"),
      over = await read(mapBytes, "map");
    [ground.cal_min, ground.cal_max] = groundRange;
    const floor = map.low + (2 * (map.high - map.low)) / (STEPS - 1);
    for (let i = 0; i < over.img.length; i++)
      over.img[i] = map.mask[i] > 0 ? Math.min(Math.max(map.values[i], floor), map.high) : map.low;
    while (nv.volumes.length > 0) nv.removeVolumeByIndex(nv.volumes.length - 1);
    nv.addVolume(ground);
    nv.addColormap(`over-${map.colors}`, overlay(map.colors));
    over.colormap = `over-${map.colors}`;
    [over.cal_min, over.cal_max, over.opacity] = [map.low, map.high, opacity];
    nv.addVolume(over);
    if (place) nv.scene.crosshairPos = place;
    nv.updateGLVolume();
  }

  opacity(value) {
    for (const { nv } of this.#views) if (nv.volumes.length > 1) nv.setOpacity(1, value);
  }

  plane(name) {
    for (const { nv } of this.#views) nv.setSliceType(PLANES[name].type);
    this.current = name;
  }

  /** Moves all to a voxel. */
  go(voxel) {
    const first = this.#views.find(({ nv }) => nv.volumes.length > 0)?.nv;
    if (!first) return;
    first.scene.crosshairPos = first.vox2frac(voxel);
    first.drawScene();
    first.createOnLocationChange();
  }

  end() {
    for (const { nv } of this.#views) {
      nv.cleanup();
      nv.gl.getExtension("WEBGL_lose_context")?.loseContext();
    }
    this.#views = [];
  }

  #follow(source, place) {
    if (this.#isMoving || source.nv.volumes.length === 0) return;
    this.#isMoving = true;
    for (const { nv } of this.#views) {
      if (nv === source.nv || nv.volumes.length === 0) continue;
      nv.scene.crosshairPos = [...source.nv.scene.crosshairPos];
      nv.drawScene();
    }
    this.#isMoving = false;
    this.moved({ mm: [...place.mm].slice(0, 3), voxel: [...source.nv.frac2vox(source.nv.scene.crosshairPos)] });
  }

  /** Arrow keys within the plane, page keys through it. */
  #key(event) {
    const axis = PLANES[this.current ?? "axial"].axis,
      [right, up] = [0, 1, 2].filter(one => one !== axis);
    // Radiologists look from the feet: a picture's right is the patient's left.
    const steps = {
      ArrowRight: [right, axis === 0 ? 1 : -1],
      ArrowLeft: [right, axis === 0 ? -1 : 1],
      ArrowUp: [up, 1],
      ArrowDown: [up, -1],
      PageUp: [axis, 1],
      PageDown: [axis, -1],
    }[event.key];
    if (!steps) return;
    event.preventDefault();
    event.stopPropagation();
    const nv = this.#views[0].nv,
      move = [0, 0, 0];
    move[steps[0]] = steps[1];
    nv.moveCrosshairInVox(...move);
  }
}

/** A strip of the colours of a scale, from its lowest to its highest value. */
export function drawScale(canvas, colors) {
  const lut = cmapper.colormap(colors),
    context = canvas.getContext("2d");
  canvas.width = STEPS;
  canvas.height = 1;
  const strip = context.createImageData(STEPS, 1);
  for (let i = 0; i < STEPS; i++) strip.data.set([lut[4 * i], lut[4 * i + 1], lut[4 * i + 2], 255], 4 * i);
  context.putImageData(strip, 0, 0);
}

/** A scale of NiiVue's whose very lowest step is clear. */
function overlay(colors) {
  const lut = cmapper.colormap(colors);
  const map = { R: [0], G: [0], B: [0], A: [0], I: [0] };
  for (let node = 0; node <= NODES; node++) {
    const i = Math.max(1, Math.round(((STEPS - 1) * node) / NODES));
    map.R.push(lut[4 * i]);
    map.G.push(lut[4 * i + 1]);
    map.B.push(lut[4 * i + 2]);
    map.A.push(255);
    map.I.push(i);
  }
  return map;
}
