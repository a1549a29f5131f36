"""python -m radmill.radiomics.scripts"""

import sys

from . import parse_args

if __name__ == "__main__":
    sys.exit(parse_args())
