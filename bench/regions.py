#!/usr/bin/env python3
"""Maps real scans of ../shared/data by several methods and prints the medians of their regions.

    bench/regions.py FOLDER "NAME OPTIONS" ["NAME OPTIONS"...]

NAME ends in `:polished` for the polished maps of the run of that name; OPTIONS are those of `ivim map`. FOLDER keeps masks and
maps, so that a second call computes only what is new. Needs numpy (Debian: python3-numpy).

abdomen: `*_bipolar_trace`, one slice a volunteer, mask of the data set. prostate: 1.5 T, b <= 1000, mapped in the box of the three
regions and ten voxels around them. A method that refuses a scan has no row there. Medians: D / f / D*, D and D* in 1e-3 mm2/s.
"""
import glob
import gzip
import os
import struct
import subprocess
import sys

import numpy as np

from repeatability import DATA, REGIONS, ROOT, read

PROSTATE = os.path.join(DATA, "..", "ivim_prostate", "prostate_1_5T")
PROSTATE_REGIONS = {"tumor": "tumour", "bph": "benign hyperplasia", "pz": "peripheral zone"}
MARGIN = 10
LEAST_VOXELS = 5


def prostate_mask(folder):
    """Writes the box as a mask on the scan's grid, with the header of a region."""
    path = f"{folder}/prostate-mask.nii.gz"
    if os.path.exists(path):
        return path
    masks = {name: read(f"{PROSTATE}_{name}_roi.nii.gz") for name in PROSTATE_REGIONS}
    union = np.any([voxels > 0 for _, _, voxels in masks.values()], axis=0)
    box = np.zeros(union.shape, np.uint8)
    _, rows, columns = np.nonzero(union)
    box[:, rows.min() - MARGIN:rows.max() + MARGIN + 1, columns.min() - MARGIN:columns.max() + MARGIN + 1] = 1
    header = bytearray(masks["pz"][0])
    struct.pack_into("<hh", header, 70, 2, 8)
    struct.pack_into("<f", header, 108, 352.0)
    struct.pack_into("<ff", header, 112, 1.0, 0.0)
    with gzip.open(path + ".part", "wb", 1) as file:
        file.write(bytes(header) + bytes(4) + box.tobytes())
    os.rename(path + ".part", path)
    return path


def scans(folder):
    """Name, image, mask, options and regions (name: voxels) of each scan."""
    for volunteer in ("vol1", "vol2"):
        regions = read(f"{DATA}/{volunteer}_rois.nii.gz")[2].squeeze()
        yield (f"abdomen, {volunteer}", f"{DATA}/{volunteer}_bipolar_trace_dwi.nii.gz", f"{DATA}/{volunteer}_mask.nii.gz", [],
               {name: regions == label for label, name in REGIONS.items()})
    yield ("prostate", PROSTATE + "_dwi.nii.gz", prostate_mask(folder), ["--b-max", "1000"],
           {name: read(f"{PROSTATE}_{file}_roi.nii.gz")[2].squeeze() > 0 for file, name in PROSTATE_REGIONS.items()})


def map_one(folder, name, scan, options):
    """Returns whether there are maps; a refusal is printed as it is."""
    out = f"{folder}/{scan[0].replace(', ', '-')}-{name}"
    if not glob.glob(f"{out}/**/*desc-provenance_dwi.json", recursive=True):
        run = subprocess.run(
            [f"{ROOT}/ivim", "map", scan[1], "--mask", scan[2], "--out", out, "--work", f"{folder}/work", "--quiet", *scan[3], *options],
            check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if run.returncode != 0:
            print(f"<!-- {name}, {scan[0]}: {run.stderr.strip().splitlines()[-1]} -->", flush=True)
            return None
    return out


def medians(out, polished, regions):
    description = "desc-polished_" if polished else ""
    maps = [read(glob.glob(f"{out}/**/*model-ivim_{description}param-{p}_dwimap.nii.gz", recursive=True)[0])[2].squeeze()
            for p in ("D", "f", "Dstar", "S0")]
    for name, voxels in regions.items():
        inside = voxels & (maps[3] != 0)
        if inside.sum() >= LEAST_VOXELS:
            d, f, d_star = (np.median(values[inside]) for values in maps[:3])
            yield name, int(inside.sum()), f"{d * 1e3:.2f} / {f:.2f} / {d_star * 1e3:.0f}"


def main():
    folder, variants = sys.argv[1], [variant.split() for variant in sys.argv[2:]]
    os.makedirs(folder, exist_ok=True)
    print("| scan | region (voxels) | method | D / f / D* |\n|---|---|---|---|")
    for name, *options in variants:
        name, _, what = name.partition(":")
        for scan in scans(folder):
            if (out := map_one(folder, name, scan, options)) is not None:
                for region, voxels, text in medians(out, what == "polished", scan[4]):
                    print(f"| {scan[0]} | {region} ({voxels}) | {name}{', polished' if what else ''} | {text} |", flush=True)


if __name__ == "__main__":
    main()
