#!/bin/sh
# picture.sh OUTDIR PICTURE.png: the picture of README.md: the report of `make demo`, its first screen beside the
# page of the patient with the outlier, by a headless browser, in 64 colours (chromium, pngquant).
set -eu
results=$(realpath "$1/_RESULTS")
picture=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
course=$(echo "$results"/report/LUNG-06/*.html)

# Both pages as they are, made smaller; the second where it shows the lungs, and the target below them.
cat > "$work/both.html" << END
<!doctype html><meta charset="utf-8"><title>picture</title>
<style>
  body { margin: 0; background: #fff; }
  div { position: absolute; top: 8px; overflow: hidden; width: 604px; height: 664px; border: 1px solid #bbb; border-radius: 6px; }
  iframe { border: 0; width: 1000px; height: 1100px; transform-origin: 0 0; transform: scale(0.604); }
  .wide { width: 1284px; height: 1414px; transform: scale(0.47); }
</style>
<div style="left: 8px"><iframe scrolling="no" src="file://$results/report.html"></iframe></div>
<div style="left: 622px"><iframe class="wide" scrolling="no" src="file://$course#r-Custom-lungs"></iframe></div>
END
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$work/profile" --window-size=1236,682 \
    --virtual-time-budget=10000 --screenshot="$work/both.png" "file://$work/both.html" 2> "$work/log" || { cat "$work/log" >&2; exit 1; }
pngquant --strip --speed 1 --nofs --output "$picture" --force 64 "$work/both.png"
[ "$(stat -c %s "$picture")" -lt 150000 ] || { echo "picture.sh: $picture is not smaller than 150 kB" >&2; exit 1; }
