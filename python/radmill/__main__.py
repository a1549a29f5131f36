"""python -m radmill SCRIPT [ARG]...: runs a script of pyradiomics with radmill's engine."""

import sys


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        wanted = sys.argv[1:2] in (["--help"], ["-h"])
        print(__doc__.replace("python -m", "usage: python -m", 1), file=sys.stdout if wanted else sys.stderr)
        return 0 if wanted else 2
    from radmill._accelerate import run_script

    run_script(sys.argv[1:])
    return 0


if __name__ == "__main__":
    sys.exit(main())
