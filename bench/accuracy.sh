#!/usr/bin/env bash
# Maps simulated scans and prints the pooled RMSE of every variant: D [1e-6 mm2/s], f [1e-3], D* [1e-3 mm2/s], and seconds.
#
#   bench/accuracy.sh FOLDER "TISSUES..." "SNR..." SEED "NAME OPTIONS" ["NAME OPTIONS"...]
#
# FOLDER keeps phantoms and maps, so that a second call computes only what is new. SEED is the phantom's: choose settings on
# one seed and report another.
set -euo pipefail
ivim=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../ivim
folder=$1 tissues=$2 ratios=$3 seed=$4
shift 4


printf '%-10s %-5s %-28s %8s %8s %8s %8s\n' tissues SNR variant D f 'D*' seconds
for tissue in $tissues; do
  for snr in $ratios; do
    scan=$folder/$tissue-$snr-$seed
    "$ivim" simulate --out "$scan" --phantom smooth --tissues "$tissue" --size 64 64 8 --snr "$snr" --shading 0.2 \
      --seed "$seed" >/dev/null
    for variant in "$@"; do
      name=${variant%% *} options=${variant#* }
      [[ $options == "$name" ]] && options=
      maps=$scan/$name
      # shellcheck disable=SC2086
      seconds=$("$ivim" map "$scan/sub-01_dwi.nii.gz" --mask "$scan/sub-01_mask.nii.gz" --out "$maps" --work "$folder/work" \
        --quiet --json $options 2>/dev/null | tail -1 | grep -o '"seconds":[0-9.]*' | cut -d: -f2)
      "$ivim" evaluate "$maps" --truth "$scan/truth" | awk -v tissue="$tissue" -v snr="$snr" -v name="$name" -v seconds="$seconds" '
        $1 == "D" && / all / { d = $(NF-5) * 1000 }
        $1 == "f" && / all / { f = $(NF-5) * 1000 }
        $1 == "D*" && / all / { s = $(NF-5) }
        END { printf "%-10s %-5s %-28s %8.1f %8.1f %8.2f %8.1f\n", tissue, snr, name, d, f, s, seconds }'
    done
  done
done
