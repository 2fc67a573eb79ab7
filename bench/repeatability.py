#!/usr/bin/env python3
"""Maps both halves and all of the `raw300` scans of ../shared/data/ivim_abdomen by several methods and compares them.

    bench/repeatability.py FOLDER "NAME OPTIONS" ["NAME OPTIONS"...]

NAME ends in `:polished` for the polished maps of the run of that name; OPTIONS are those of `ivim map`. FOLDER keeps halves and maps,
so that a second call computes only what is new. Needs numpy (Debian: python3-numpy).

Halves: ten breath holds each, with equal b-values and mixed echo times and gradient profiles.
Prediction: mean squared error of the other half's mean signals less the noise of that mean, 1e-4 of the squared mean b = 0 signal;
mean over voxels, and mean over b-values of the median voxel. Repeatability: 1.48 median |difference| / sqrt 2 over the mask.
Medians: of each region, of the whole scan's maps.
"""
import glob
import gzip
import os
import struct
import subprocess
import sys

import numpy as np

ROOT = os.path.join(os.path.dirname(os.path.realpath(__file__)), "..")
DATA = os.path.join(ROOT, "..", "shared", "data", "ivim_abdomen")
SCANS = ("vol1", "vol2")
REGIONS = {1: "pancreas", 2: "liver", 3: "kidney", 4: "spleen"}
VOLUMES_OF_A_HOLD = 15


def read(path):
    """Header and scaled voxels, the last axis of the file first."""
    with gzip.open(path) as file:
        content = file.read()
    size = struct.unpack("<8h", content[40:56])
    kind = {2: np.uint8, 4: np.int16, 16: np.float32, 64: np.float64, 512: np.uint16}[struct.unpack("<h", content[70:72])[0]]
    start = int(struct.unpack("<f", content[108:112])[0])
    slope, intercept = struct.unpack("<2f", content[112:120])
    raw = np.frombuffer(content[start:], kind).reshape(size[1:1 + size[0]][::-1])
    return content[:348], raw, raw.astype(float) * (slope or 1) + intercept


def read_b(path):
    with open(path, encoding="ascii") as file:
        return np.array(file.read().split(), float)


def halves_of(scan):
    """Volumes of each half: holds of the same b-values and gradient profile are dealt A B B A."""
    b = read_b(f"{DATA}/{scan}_raw300_dwi.bval")
    with open(f"{DATA}/{scan}_raw300_gradprofile_T.tsv", encoding="ascii") as file:
        profiles = [line.split() for line in file.read().splitlines()[1:]]
    kinds = {}
    for first in range(0, len(b), VOLUMES_OF_A_HOLD):
        kind = tuple(sorted(set(b[first:first + VOLUMES_OF_A_HOLD]) - {0}))
        kinds.setdefault(kind, []).append((profiles[first + 3][1:], first))
    halves = ([], [])
    for kind in sorted(kinds):
        for n, (_, first) in enumerate(sorted(kinds[kind])):
            halves[(0, 1, 1, 0)[n % 4]].extend(range(first, first + VOLUMES_OF_A_HOLD))
    return [sorted(half) for half in halves]


def split(folder):
    for scan in SCANS:
        header, raw, _ = read(f"{DATA}/{scan}_raw300_dwi.nii.gz")
        b = read_b(f"{DATA}/{scan}_raw300_dwi.bval")
        parts = dict(zip("AB", halves_of(scan)), all=range(len(b)))
        for name, volumes in parts.items():
            path = f"{folder}/{scan}-{name}"
            if os.path.exists(path + ".bval"):
                continue
            head = bytearray(header)
            struct.pack_into("<h", head, 48, len(volumes))
            struct.pack_into("<f", head, 108, 352.0)
            with gzip.open(path + ".nii.gz", "wb", 1) as file:
                file.write(bytes(head) + bytes(4) + raw[list(volumes)].tobytes())
            with open(path + ".bval", "w", encoding="ascii") as file:
                file.write(" ".join(f"{b[v]:g}" for v in volumes) + "\n")


def map_all(folder, name, options):
    for scan in SCANS:
        for part in ("A", "B", "all"):
            out = f"{folder}/{scan}-{part}-{name}"
            if not glob.glob(f"{out}/**/*desc-provenance_dwi.json", recursive=True):
                subprocess.run(
                    [f"{ROOT}/ivim", "map", f"{folder}/{scan}-{part}.nii.gz", "--mask", f"{DATA}/{scan}_mask.nii.gz",
                     "--out", out, "--work", f"{folder}/work", "--quiet", *options], check=True, stdout=subprocess.DEVNULL)


def maps_of(folder, scan, part, name, polished):
    description = "desc-polished_" if polished else ""

    def one(parameter):
        pattern = f"{folder}/{scan}-{part}-{name}/**/*model-ivim_{description}param-{parameter}_dwimap.nii.gz"
        return read(glob.glob(pattern, recursive=True)[0])[2][0]
    return [one(parameter) for parameter in ("D", "f", "Dstar", "S0")]


def prediction(maps, own_zero, signals, b, mask):
    d, f, d_star, s0 = maps  # S0 in scanner units, as the signals
    errors = []
    for value in np.unique(b):
        repeats = signals[b == value]
        noise = repeats.var(0, ddof=1) / len(repeats)
        predicted = s0 * (f * np.exp(-value * d_star) + (1 - f) * np.exp(-value * d))
        errors.append(((predicted - repeats.mean(0)) ** 2 - noise)[mask] / own_zero[mask].mean() ** 2 * 1e4)
    errors = np.array(errors)
    return errors.mean(), np.median(errors.mean(0))


def compare(folder, scan, name, polished):
    mask = read(f"{DATA}/{scan}_mask.nii.gz")[2][0] > 0
    regions = read(f"{DATA}/{scan}_rois.nii.gz")[2]
    regions = regions[0] if regions.ndim == 3 else regions
    halves = {half: maps_of(folder, scan, half, name, polished) for half in "AB"}
    whole = maps_of(folder, scan, "all", name, polished)
    mask &= (halves["A"][3] != 0) & (halves["B"][3] != 0) & (whole[3] != 0)
    signals = {half: (read(f"{folder}/{scan}-{half}.nii.gz")[2][:, 0], read_b(f"{folder}/{scan}-{half}.bval")) for half in "AB"}
    zero = {half: s[b == 0].mean(0) for half, (s, b) in signals.items()}
    errors = np.mean([prediction(halves[a], zero[a], *signals[o], mask) for a, o in ("AB", "BA")], axis=0)
    repeat = [np.median(abs(halves["A"][k] - halves["B"][k])[mask]) * 1.4826 / 2 ** .5 * unit for k, unit in enumerate((1e6, 1e3, 1e3))]
    medians = []
    for region in REGIONS:
        inside = mask & (regions == region)
        medians.append("/".join(f"{np.median(whole[k][inside]) * unit:.{digits}f}" for k, unit, digits in
                                ((0, 1e3, 2), (1, 1, 2), (2, 1e3, 0))) if inside.sum() >= 5 else "")
    print(f"| {name}{', polished' if polished else ''} | {scan} | {errors[0]:.1f} / {errors[1]:.1f} | "
          f"{repeat[0]:.0f} / {repeat[1]:.0f} / {repeat[2]:.1f} | " + " | ".join(medians) + " |", flush=True)


def main():
    folder, variants = sys.argv[1], [variant.split() for variant in sys.argv[2:]]
    os.makedirs(folder, exist_ok=True)
    split(folder)
    print("| method | scan | prediction | D / f / D* repeat to | " + " | ".join(REGIONS.values()) + " |")
    print("|---|---|---|---|" + "---|" * len(REGIONS))
    for name, *options in variants:
        name, _, what = name.partition(":")
        map_all(folder, name, options)
        for scan in SCANS:
            compare(folder, scan, name, what == "polished")


if __name__ == "__main__":
    main()
