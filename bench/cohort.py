"""A cohort of N patients with 8 regions each, for several N: how graph, null build, one-change build, merge and memory
grow, and what the scan of unchanged files takes apart from them.

    python3 bench/cohort.py BIN BUILD WORK [N]...         (make bench-cohort; the standard library only)

BIN: the tools; BUILD: where make_dicom and the stand-in are built. The series are made once and copied with UIDs of their own; they are small
(12 slices of 24 x 24), as what is measured is the pipeline and not the features. So that a hundred thousand regions are there within minutes, images, masks and rows are those of one patient:
a stand-in (BINDIR, bench/stand_in.c) copies them in place of dcm2nii-course, rtstruct2masks and radfeat; scan, graph, guard, records, tables
are radmill's own. REAL=1 in the environment runs the real ones. Everything goes below WORK: 0.5 MB and 75 files a patient;
it is removed at the end, unless KEEP=1 is in the environment; then what is there from an earlier time is used.

Processor seconds (user and system) of a command and all its children: with other work on the machine the wall clock says
little; a build that has nothing to do keeps one core busy, so on a quiet machine both are the same. The scan is `dcm2nii-course --scan` with the run's own cache, on files that have not changed; every run
contains one, and "null build" and the like are given without it.
"""
import os
import pathlib
import shutil
import subprocess
import sys

REGIONS = 8
JOBS = os.environ.get("JOBS", "2")
REAL = os.environ.get("REAL") == "1"


class Cohort:
    """One size: its tree, its OUTDIR, and the commands on them."""

    def __init__(self, bin_dir, build, work, n):
        self.bin, self.n = bin_dir, n
        self.make_dicom, self.stand_in = build / "tests/gen/make_dicom", build / "bench/stand_in"
        self.tree, self.out, self.template = work / f"dicom-{n}", work / f"out-{n}", work / "template"
        self.stand_ins = work / "stand-ins"

    def regions(self, change=0):
        """Options of make_dicom: eight spheres, the first one larger by `change` mm."""
        options = []
        for i in range(REGIONS):
            x, y = (i % 4 - 1.5) * 10, (i // 4 - 0.5) * 20
            options += ["--roi", f"Region {i}", f"sphere:{x},{y},0,{5 + i % 3 + (change if i == 0 else 0)}"]
        return options

    def make_template(self):
        if self.template.exists():
            return
        self.template.mkdir(parents=True)
        run([self.make_dicom, "--patient", "P0000000", "--size", "24x24x12", "-o", self.template,
             "--structure-set", self.template / "RS.dcm", *self.regions()])

    def make_stand_ins(self):
        """Of one patient's products."""
        if self.stand_ins.exists():
            return
        one = self.stand_ins / "one"
        run([self.make_dicom, "--copies", "1", "1", self.template, self.stand_ins / "dicom"])
        run([self.bin / "radmill", "--dicom-root", self.stand_ins / "dicom", "--outdir", one, "-j", JOBS])
        course = next((one / "P0000001").iterdir())
        row = next(course.glob("features/Manual/*.csv"))
        products = {"dcm2nii-course": [course / "image.nii", course / "image.json"],
                    "rtstruct2masks": list((course / "masks/Manual").iterdir()), "radfeat": [row]}
        shutil.copy(self.stand_in, self.stand_ins)
        for tool, files in products.items():
            (self.stand_ins / tool).symlink_to("stand_in")
            (self.stand_ins / f"{tool}.real").symlink_to(self.bin / tool)
            (self.stand_ins / f"{tool}.made").mkdir()
            for file in files:
                shutil.copy(file, self.stand_ins / f"{tool}.made")

    def make(self):
        self.make_template()
        if not REAL:
            self.make_stand_ins()
        run([self.make_dicom, "--copies", "1", str(self.n), self.template, self.tree])

    def pipeline(self, *settings):
        bindir = [] if REAL else ["--bindir", self.stand_ins]
        return timed([self.bin / "radmill", "--dicom-root", self.tree, "--outdir", self.out, "-j", JOBS, *bindir,
                      *settings])

    def scan(self):
        return timed([self.bin / "dcm2nii-course", "--scan", self.tree, "-o", self.out / ".radmill/bench.json",
                      "--cache", self.out / ".radmill/scan-cache", "--exclude", self.out])

    def graph(self):
        return timed([self.bin / "radrun", "--graph-only", "--set", f"OUTDIR={self.out}"])

    def change(self):
        """One structure set of one patient gets another contour."""
        other, changed = self.template.parent / "other", self.template.parent / "changed"
        other.mkdir()
        run([self.make_dicom, "--patient", "P0000000", "--size", "24x24x12", "--structure-set", other / "RS.dcm",
             *self.regions(change=1)])
        run([self.make_dicom, "--copies", str(self.n), "1", other, changed])
        shutil.move(changed / f"P{self.n:07d}" / "RS.dcm", self.tree / f"P{self.n:07d}" / "RS.dcm")
        for folder in (other, changed):
            shutil.rmtree(folder)

    def merge(self):
        names = (self.out / ".radmill/inputs/radiomics.txt").read_bytes()
        return timed([self.bin / "featmerge", "-o", self.out / ".radmill/bench.csv"], names,
                     cwd=self.out)

    def remove(self):
        for path in (self.tree, self.out):
            shutil.rmtree(path, ignore_errors=True)


def run(command):
    subprocess.run([str(c) for c in command], check=True, stdout=subprocess.DEVNULL)


def timed(command, names=None, cwd=None):
    """Processor seconds, and the peak memory in MB of the largest process below the command."""
    script = ("import resource,subprocess,sys;"
              "r=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL);"
              "u=resource.getrusage(resource.RUSAGE_CHILDREN);"
              "print(u.ru_utime+u.ru_stime,u.ru_maxrss/1024);"
              "sys.exit(r.returncode)")
    done = subprocess.run([sys.executable, "-c", script, *map(str, command)], input=names, cwd=cwd, check=True,
                          stdout=subprocess.PIPE)
    seconds, megabytes = done.stdout.split()[-2:]
    return float(seconds), float(megabytes)


def measure(cohort):
    if not cohort.out.exists():
        cohort.make()
    first = cohort.pipeline()
    rows = sum(1 for _ in open(cohort.out / "_RESULTS/radiomics.csv", "rb")) - 1
    if rows != REGIONS * cohort.n:
        sys.exit(f"{rows} rows of {REGIONS * cohort.n}")
    scan = min(cohort.scan() for _ in range(3))
    graph = min(cohort.graph() for _ in range(2))
    null = min(cohort.pipeline() for _ in range(3))
    cohort.change()
    changed = cohort.pipeline()
    merge = min(cohort.merge() for _ in range(2))
    return {"first run": first[0], "scan": scan[0], "graph": graph[0] - scan[0], "null build": null[0] - scan[0],
            "one change": changed[0] - scan[0], "merge": merge[0], "MB of scan": scan[1], "MB of null build": null[1],
            "MB of merge": merge[1]}


def main():
    bin_dir, build, work = (pathlib.Path(a).resolve() for a in sys.argv[1:4])
    sizes = [int(a) for a in sys.argv[4:]] or [1000, 4000, 12500]
    head = None
    for n in sizes:
        cohort = Cohort(bin_dir, build, work, n)
        result = measure(cohort)
        if not head:
            head = list(result)
            print("| patients | regions | " + " | ".join(head) + " |\n|" + "--:|" * (2 + len(head)))
        print(f"| {n} | {n * REGIONS} | " + " | ".join(f"{result[k]:.4g}" for k in head) + " |", flush=True)
        if os.environ.get("KEEP") != "1":
            cohort.remove()


if __name__ == "__main__":
    main()
