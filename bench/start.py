"""What a start costs, and what the program is linked to."""
import subprocess

from measure import wall_ms

KEPT_OUT = ("dcm", "itk")


def start(bench):
    taken = wall_ms([bench.radfeat, "--version"], 20 if bench.quick else 100)
    linked = subprocess.run(["ldd", bench.radfeat], capture_output=True, text=True, check=True).stdout.lower()
    named = [line.split()[0] for line in linked.splitlines() if any(name in line for name in KEPT_OUT)]
    print(f"\nradfeat --version, wall time: {taken[0]:.1f} ms at best, {taken[len(taken) // 2]:.1f} ms in the middle of {len(taken)}; "
          f"linked to {', '.join(named) if named else 'neither DCMTK nor ITK'}")
