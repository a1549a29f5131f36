"""Whole processes, from start to written row."""
from measure import CT, ratio, row, settings, table

RUNS = [("lung", CT), ("lung", None), ("ph", CT), ("ph", None), ("syn", CT), ("syn", None), ("right", None), ("right", CT)]
TIMES_FLOOR = {("lung", CT): 30, ("ph", CT): 30, ("syn", CT): 30, ("right", None): 100}
MEMORY_FLOOR = 5
LONG = {("right", CT)}  # minutes of pyradiomics


def verdict(value, floor):
    return f"{floor}: {'met' if value >= floor else 'MISSED'}" if floor else ""


def by_case(bench):
    """Prints the table -> (case, label, files, parameter file, pyradiomics' seconds by class) of every run."""
    table("case", "settings", "pyradiomics s", "MB", "radfeat s", "MB", "times faster", "floor", "memory ratio", "floor")
    runs = []
    for name, params in RUNS:
        files = bench.case(name)
        if not files or bench.quick and (name, params) in LONG:
            continue
        label = "ct.yaml" if params else "default"
        seconds, mb, _ = bench.mine(files, settings(params))
        peer = bench.peer(files, params, "classes")
        runs.append((name, label, files, params, peer[2] if peer else {}))
        if not peer:
            row(name, label, "", "", f"{seconds:.3f}", f"{mb:.0f}", "", "", "", "")
            continue
        faster, smaller = ratio(peer[0], seconds), ratio(peer[1], mb)
        row(name, label, f"{peer[0]:.1f}", f"{peer[1]:.0f}", f"{seconds:.3f}", f"{mb:.0f}", f"{faster:.0f}",
            verdict(faster, TIMES_FLOOR.get((name, params))), f"{smaller:.1f}", verdict(smaller, MEMORY_FLOOR))
    return runs
