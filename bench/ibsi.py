"""python3 bench/ibsi.py RADFEAT IMAGE MASK [--mirp PYTHON] [--pictologics PYTHON] [--only CONFIG]...: configuration E of IBSI 1 and all
of phase 2 of IBSI 2, on the CT phantom: the whole process of radfeat, and MIRP 2.7 and pictologics 0.9 in their own processes, warm
and in turns, in seconds of processor time of one core."""
import argparse
import csv
import io
import json
import os
import subprocess

from measure import HERE, ONE_CORE, run

CONFIGS = ["e"] + [f"{n}.{c}" for n in range(1, 10) for c in "ab"]


def preset(config):
    return f"ibsi1-{config}" if config == "e" else f"ibsi2-{config}"


def mine(radfeat, files, config, times):
    """-> least seconds, number of features, mean"""
    command = [radfeat, *files, "--preset", preset(config), "--format", "long"]
    results = [run(command) for _ in range(times)]
    rows = list(csv.DictReader(io.StringIO(results[0][2])))
    mean = [float(r["value"]) for r in rows if r["ibsi_code"] == "Q4LE"]
    return {"seconds": min(r[0] for r in results), "features": len(rows), "mean": mean[0]}


class Peer:
    def __init__(self, name, python, files):
        command = [python, os.path.join(HERE, "ibsi_peer.py"), name, *files]
        env = dict(os.environ, **ONE_CORE, NUMBA_NUM_THREADS="1")
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env, text=True)

    def ask(self, config, times):
        self.process.stdin.write(f"{config} {times}\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        return json.loads(line) if line else {"seconds": float("nan"), "features": 0, "mean": float("nan")}


def ratio(theirs, ours):
    return f"{theirs['seconds']:8.2f} {theirs['seconds'] / ours['seconds']:7.1f} {theirs['features']:5d} {theirs['mean']:12.5g}" if theirs else f"{'-':>8}" + " " * 26


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("radfeat")
    parser.add_argument("files", nargs=2)
    parser.add_argument("--mirp")
    parser.add_argument("--pictologics")
    parser.add_argument("--only", action="append")
    parser.add_argument("--times", type=int, default=3, help="runs of radfeat, of which the least counts")
    parser.add_argument("--warm", type=int, default=2, help="runs of the others, of which the last counts")
    o = parser.parse_args()
    peers = {name: Peer(name, python, o.files) for name, python in (("mirp", o.mirp), ("pictologics", o.pictologics)) if python}
    sums = dict.fromkeys(["radfeat", *peers], 0.0)
    shared = 0.0  # radfeat's seconds in what pictologics has, too
    print("seconds, times radfeat's, features, mean intensity of the response\n      radfeat" + " " * 19 + "".join(f"{p:>34}" for p in peers), flush=True)
    for config in o.only or CONFIGS:
        ours = mine(o.radfeat, o.files, config, o.times)
        answers = {name: peer.ask(config, o.warm) for name, peer in peers.items()}
        print(f"{config:4} {ours['seconds']:8.3f} {ours['features']:5d} {ours['mean']:12.5g}", *(ratio(a, ours) for a in answers.values()), flush=True)
        sums["radfeat"] += ours["seconds"]
        shared += ours["seconds"] if answers.get("pictologics") else 0
        for name, a in answers.items():
            sums[name] += a["seconds"] if a else 0
    print("in all", ", ".join(f"{name} {s:.2f} s" for name, s in sums.items()), f"(radfeat in what pictologics has: {shared:.2f} s)")


if __name__ == "__main__":
    main()
