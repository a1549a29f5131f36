"""close.py A B: two files of reference_values.py; values within 1e-12. The last line says how many, and the largest difference."""

import math
import sys


def rows(path):
    with open(path) as f:
        return [line.split() for line in f]


def difference(a, b):
    """Relative; of values that are round-off (below 1e-9), absolute."""
    a, b = float(a), float(b)
    if a == b or a != a and b != b:
        return 0.0
    return abs(a - b) / max(abs(a), abs(b)) if max(abs(a), abs(b)) > 1e-9 else abs(a - b)


def main():
    ours, theirs = (rows(path) for path in sys.argv[1:])
    if [row[:2] for row in ours] != [row[:2] for row in theirs] or len(ours) < 1000:
        print("not the same rows:", len(ours), len(theirs))
        return 1
    worst, wrong = 0.0, 0
    for a, b in zip(ours, theirs):
        far = difference(a[2], b[2]) if a[1] != "refused" else float(a[2] != b[2])
        worst = max(worst, far) if not math.isnan(far) else math.inf
        if not far <= 1e-12:
            wrong += 1
            print(*a, b[2], far)
    print(f"reference tables: {len(ours)} values, {wrong} differ by more than 1e-12, largest difference {worst:.1e}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
