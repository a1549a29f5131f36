"""compare.py EXPECTED FOUND: tables of names and values; FOUND has every line of EXPECTED, eleven lines further each, and values
within 1e-6. The last line is "N of M lines compared, 0 differ"."""

import math
import sys


def rows(path):
    with open(path) as f:
        return [(name, float(value)) for name, value in (line.split("\t") for line in f)]


def main():
    expected, found = (rows(path) for path in sys.argv[1:])
    kept = found[::11]
    wrong = [pair for pair in zip(expected, kept)
             if pair[0][0] != pair[1][0] or not math.isclose(pair[0][1], pair[1][1], rel_tol=1e-6, abs_tol=1e-9)]
    print(*wrong[:10], sep="\n")
    print(f"{len(kept)} of {len(found)} lines compared, {len(wrong)} differ")
    return 1 if wrong or len(expected) != len(kept) else 0


if __name__ == "__main__":
    sys.exit(main())
