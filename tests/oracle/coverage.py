"""Prints how many of the drawn cases have each setting, image type, class, pixel type and so on: coverage.py [CASES [SEED]]."""
import baseline  # noqa: F401 (first: NumPy reads what it sets)
import collections
import sys

import draw


def yes(condition, *tags):
    return tags if condition else ()


def settings_of(case):
    for key, value in case.params.get("setting", {}).items():
        yield f"setting {key}" + (" null" if value is None else "")
        if key in ("interpolator", "weightingNorm", "resegmentMode", "force2Ddimension", "distances", "lbp2DMethod"):
            yield f"{key} {value}"
    for key, value in case.params.get("voxelSetting", {}).items():
        yield f"voxelSetting {key}"


def images_of(case):
    for name, own in case.params.get("imageType", {}).items():
        yield f"imageType {name}"
        yield from (f"{name} {key}" for key in own)


def classes_of(case):
    for name, wanted in case.params.get("featureClass", {}).items():
        yield f"featureClass {name}"
        yield from yes(wanted, f"{name} by names")


def files_of(case):
    yield f"image {case.image.GetPixelIDTypeAsString()}, {case.image.GetDimension()}-D"
    yield f"mask {case.mask.GetPixelIDTypeAsString()}"
    yield from (f"form {f.kind}" for f in case.forms or [])
    yield f"file {case.extension}" + (" rescaled" if case.rescale else "")
    yield "parameters YAML" if case.yaml else "parameters JSON"
    yield from yes(case.voxel, "voxel mode")
    yield from yes(case.label, "label with the call")
    yield from yes(case.fine, "more than 65535 levels")
    if case.batch:
        yield f"batch, separator {case.batch.separator!r}"
        yield f"batch, encoding {case.batch.encoding}"
        yield f"batch, line end {case.batch.end!r}"
        yield from yes(case.batch.blanks, "batch, blanks")
    yield from yes(case.image.GetSize() != case.mask.GetSize(), "mask on a grid of its own")
    yield from yes(case.image.GetOrigin() != case.mask.GetOrigin(), "mask with another origin")
    yield from yes(any(0.001 < abs(v) < 0.999 for v in case.image.GetDirection()), "oblique")
    yield from (f"section {s} absent" for s in ("setting", "imageType", "featureClass") if s not in case.params)


def main():
    cases, seed = [int(v) for v in (sys.argv[1:] + ["2000", "1"][len(sys.argv) - 1:])]
    count = collections.Counter()
    for number in range(cases):
        case = draw.case(seed, number)
        for of in (settings_of, images_of, classes_of, files_of):
            count.update(set(of(case)))
    for tag in sorted(count):
        print(f"{count[tag]:6d}  {tag}")


if __name__ == "__main__":
    main()
