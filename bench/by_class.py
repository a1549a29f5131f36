"""Feature classes, each alone: pyradiomics' own calls beside radfeat with that class only."""
import os
import tempfile

from measure import NEEDED_FROM_S, ratio, row, settings, table

CLASSES = ["firstorder", "shape", "glcm", "glrlm", "glszm", "gldm", "ngtdm"]


def only(params, name, folder):
    """The parameter file with one class: featureClass is its last section."""
    text = open(params).read().split("\nfeatureClass:")[0] + "\n" if params else ""
    path = os.path.join(folder, f"{name}.yaml")
    with open(path, "w") as out:
        out.write(f"{text}featureClass: {{{name}: }}\n")
    return path


def roi_voxels(diagnostics):
    for stage in ("interpolated", "original"):
        voxels = diagnostics.get(f"diagnostics_Mask-{stage}_VoxelNum")
        if voxels:
            return voxels


def own_seconds(bench, files, params, name):
    """The class and the discretisation, which every class of pyradiomics but shape does for itself."""
    with tempfile.TemporaryDirectory() as folder:
        laps = bench.mine(files, settings(only(params, name, folder)))[2]
    return laps[name] + (0 if name == "shape" else laps.get("discretise", 0))


def by_class(bench, runs):
    """Prints the table -> (what, pyradiomics' seconds, ratio) of every class that pyradiomics needs time for."""
    table("case", "settings", "class", "pyradiomics s", "radfeat s", "ns a ROI voxel", "times faster")
    found = []
    for case, label, files, params, theirs in runs:
        voxels = roi_voxels(bench.diagnostics(files, settings(params)))
        for name in CLASSES:
            mine = own_seconds(bench, files, params, name)
            peer = theirs.get(name)
            shown = (f"{peer:.3f}", f"{ratio(peer, mine):.0f}") if peer else ("", "")
            row(case, label, name, shown[0], f"{mine:.4f}", f"{1e9 * mine / voxels:.1f}", shown[1])
            if peer and peer > NEEDED_FROM_S:
                found.append((f"{name} ({case}, {label})", peer, ratio(peer, mine)))
    return found
