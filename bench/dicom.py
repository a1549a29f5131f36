"""From DICOM to masks beside others, in one run: dcm2nii-course and dcm2niix, rtstruct2masks and plastimatch, a
margin and ITK's distance map, the scan with and without its cache; and what the masks of LUNG1-001 differ in.

    python3 bench/dicom.py BIN BUILD DATA WORK          (make bench-dicom; the standard library only)

Times are processor time (user + system) of the child and its children, the least of REPEATS runs taken in turns: with
other work on the machine the wall clock says little. Images, which two threads make, have both. What is not installed is
said and left out.
"""
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import time

REPEATS = 9
SLOW_REPEATS = 2  # of what takes many seconds: plastimatch, ITK's distance map
SIZE = "512x512x300"
SMALL = "32x32x12"
MARGIN_MM = 7


def seconds(command):
    """Processor time of a command; its output goes nowhere."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([str(c) for c in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def wall_seconds(command):
    """From start to end of a command, and its processor time."""
    start = time.monotonic()
    processor = seconds(command)
    return time.monotonic() - start, processor


def side_by_side(contestants, repeats=REPEATS):
    """contestants: name -> function that returns seconds. The least of each, taken in turns."""
    least = {name: float("inf") for name in contestants}
    for _ in range(repeats):
        for name, run in contestants.items():
            least[name] = min(least[name], run())
    return least


def show(what, least, ours):
    line = ", ".join(f"{name} {s:.3f} s" for name, s in least.items())
    ratios = ", ".join(f"{s / least[ours]:.2f} x {ours}'s" for name, s in least.items() if name != ours)
    print(f"{what}: {line}" + (f" ({ratios})" if ratios else ""), flush=True)


def absent(program):
    if shutil.which(program):
        return False
    print(f"{program} is not installed: left out")
    return True


def fresh(path):
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def generated(build, work):
    """512 x 512 x 300 with 30 spheres; made once."""
    folder = work / "generated"
    if not (folder / "done").exists():
        fresh(folder)
        rois = []
        for n in range(30):
            x, y, z = (n % 6 - 2.5) * 75, (n // 6 - 2) * 85, (n % 5 - 2) * 40
            rois += ["--roi", f"sphere {n}", f"sphere:{x},{y},{z},{20 + n}"]
        subprocess.run([build / "tests/gen/make_dicom", "-o", folder / "image", "--structure-set", folder / "RS.dcm", "--size", SIZE,
                        "--spacing", "0.977,0.977,1", *rois], check=True)
        (folder / "done").touch()
    return folder / "image", folder / "RS.dcm"


def small(build, work):
    """32 x 32 x 12 with two spheres: most of the time is the start of the tools."""
    folder = fresh(work / "small")
    subprocess.run([build / "tests/gen/make_dicom", "-o", folder / "image", "--structure-set", folder / "RS.dcm", "--size", SMALL,
                    "--roi", "A", "sphere:-10,0,0,9", "--roi", "B", "sphere:10,0,0,9"], check=True)
    return folder / "image", folder / "RS.dcm"


def bench_images(name, bin_dir, series, work):
    def dcm2niix():
        folder = fresh(work / "dcm2niix")
        return wall_seconds(["dcm2niix", "-z", "n", "-b", "n", "-f", "image", "-o", folder, series])

    def ours(threads):
        (work / "image.nii").unlink(missing_ok=True)  # as fresh() does: replacing a file costs its pages
        return wall_seconds([bin_dir / "dcm2nii-course", series, "-o", work / "image.nii", "--threads", threads])

    contestants = {"two threads": lambda: ours(2), "one thread": lambda: ours(1)}
    if not absent("dcm2niix"):
        contestants["dcm2niix"] = dcm2niix
    runs = {who: [] for who in contestants}
    for _ in range(REPEATS):
        for who, what in contestants.items():
            runs[who].append(what())
    for i, clock in enumerate(("wall clock", "processor time")):
        show(f"{name}, image, {clock}", {who: min(r[i] for r in pairs) for who, pairs in runs.items()}, "two threads")


def bench_masks(name, bin_dir, series, structures, work):
    def ours():
        return seconds([bin_dir / "rtstruct2masks", structures, "--reference", work / "image.nii", "-o", fresh(work / "masks")])

    def plastimatch():
        return seconds(["plastimatch", "convert", "--input", structures, "--referenced-ct", series, "--output-prefix",
                        fresh(work / "plastimatch"), "--prefix-format", "nii.gz"])

    least = side_by_side({"rtstruct2masks": ours})
    if not absent("plastimatch"):
        least.update(side_by_side({"plastimatch": plastimatch}, SLOW_REPEATS))
    show(f"{name}, masks", least, "rtstruct2masks")


def bench_margin(bin_dir, build, work):
    """The largest sphere of the generated series."""
    mask, ours, theirs = work / "mask.nii", work / "ours.nii", work / "theirs.nii"
    subprocess.run([bin_dir / "boolstruct", "-e", '"sphere 29"', "--masks", work / "masks", "-o", mask], check=True)
    least = side_by_side({"boolstruct": lambda: seconds([bin_dir / "boolstruct", "-e", f"mask +{MARGIN_MM}mm", "--masks", mask, "-o", ours])})
    least.update(side_by_side({"ITK": lambda: seconds([build / "bench/itk", "margin", mask, MARGIN_MM, theirs])}, SLOW_REPEATS))
    show(f"margin of {MARGIN_MM} mm on {SIZE}, files read and written", least, "boolstruct")
    print("    " + difference(build, ours, theirs)[0])


def bench_scan(name, bin_dir, root, work):
    files = sum(len(f) for _, _, f in os.walk(root))
    cache = work / "cache"

    def scan(again):
        if not again:
            cache.unlink(missing_ok=True)
        return seconds([bin_dir / "dcm2nii-course", "--scan", root, "-o", work / "manifest.json", "--cache", cache])

    least = side_by_side({"first": lambda: scan(False), "second": lambda: scan(True)})
    print(f"{name}, scan of {files} files: first {least['first']:.3f} s ({files / least['first']:.0f} files/s), "
          f"second {least['second']:.3f} s ({files / least['second']:.0f} files/s)", flush=True)


def difference(build, a, b):
    """In words, and whether there is one. Dice from voldiff's counts: |A| + |B| - differing = 2 |A and B|."""
    said = subprocess.run([build / "tests/gen/voldiff", a, b, "mask"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"(\d+) of \d+ voxels differ.*not zero: (\d+) and (\d+)", said)
    if not found:
        return said.strip() or "cannot be compared", True
    differ, one, other = (int(g) for g in found.groups())
    dice = (one + other - differ) / (one + other) if one + other else 1.0
    return f"{one} and {other} voxels, {differ} differ, Dice {dice:.6f}", differ > 0


def regions(folder):
    text = (folder / "masks.json").read_text()
    return re.findall(r'"file": "([^"]*)",\s*"name": "([^"]*)",\s*"roi_id": "[^"]*",\s*"number": (\d+)', text)


def compare_masks(build, structures, work):
    """Each region against ITK's polygons, and against plastimatch: as it fills them, and against ITK's polygons joined."""
    for how in ("xor", "union"):
        subprocess.run([build / "bench/itk", "masks", how, structures, work / "image.nii", fresh(work / how)], check=True)
    for file, name, number in regions(work / "masks"):
        ours, theirs = work / "masks" / file, work / "plastimatch" / f"{name}.nii.gz"
        print(f"{name}\n    ITK's polygons, even-odd: {difference(build, ours, work / 'xor' / f'{number}.nii')[0]}")
        if theirs.exists():
            print(f"    plastimatch:              {difference(build, ours, theirs)[0]}")
            print(f"    plastimatch and ITK's polygons filled one by one: {difference(build, work / 'union' / f'{number}.nii', theirs)[0]}")


def main():
    bin_dir, build, data, work = (pathlib.Path(p).resolve() for p in sys.argv[1:5])
    work.mkdir(parents=True, exist_ok=True)
    lung = data / "lung1/LUNG1-001"
    if lung.is_dir():
        series, structures = lung / "image", next((lung / "mask_rtstruct").iterdir())
        bench_images("LUNG1-001", bin_dir, series, work)
        bench_masks("LUNG1-001", bin_dir, series, structures, work)
        bench_scan("LUNG1-001", bin_dir, lung, work)
        compare_masks(build, structures, work)
    else:
        print(f"no {lung}: left out")
    series, structures = small(build, work)
    bench_images(SMALL, bin_dir, series, work)
    bench_masks(SMALL, bin_dir, series, structures, work)
    series, structures = generated(build, work)
    bench_images(SIZE, bin_dir, series, work)
    bench_masks(f"{SIZE} with 30 regions", bin_dir, series, structures, work)
    bench_scan(SIZE, bin_dir, series.parent, work)
    bench_margin(bin_dir, build, work)


main()
