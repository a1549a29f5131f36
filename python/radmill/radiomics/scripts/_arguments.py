"""The arguments of pyradiomics' command."""

import argparse
import os
import sys

_GROUPS = (
    ("Input", "What to measure: an image and a mask, or a CSV file that lists them, and the parameters", (
        (("input",), dict(metavar="{Image,Batch}FILE", help="image, or batch file (*.csv) with the columns Image and "
                          "Mask; Label and Label_channel are used where they are there")),
        (("mask",), dict(nargs="?", metavar="MaskFILE", help="mask of the image")),
        (("--param", "-p"), dict(metavar="FILE", help="parameter file (YAML or JSON)")),
        (("--setting", "-s"), dict(metavar='"SETTING_NAME:VALUE"', action="append", default=[],
                                   help="a setting that overrules the parameter file; commas between the items of "
                                   "lists; may be given several times")),
        (("--jobs", "-j"), dict(metavar="N", type=int, default=1, choices=range(1, (os.cpu_count() or 1) + 1),
                                help="cases of a batch that are measured at a time")),
        (("--validate",), dict(action="store_true", help="only check the parameters and whether the files are there")),
    )),
    ("Output", "Where results go, and how they are written", (
        (("--out", "-o"), dict(metavar="FILE", type=argparse.FileType("a"), default=sys.stdout,
                               help="file to append the results to")),
        (("--out-dir", "-od"), dict(help="segment mode: a CSV file for each case is written here, and read instead of "
                                    "measuring again where it is there already; voxel mode: the maps (default: the "
                                    "current folder)")),
        (("--mode", "-m"), dict(choices=("segment", "voxel"), default="segment", help="one value a feature, or a map")),
        (("--skip-nans",), dict(action="store_true", help="leave features out that are not a number")),
        (("--format", "-f"), dict(choices=("csv", "json", "txt"), default="txt",
                                  help='txt (default): lines "Case-N_name: value"; json: a list of objects; csv: a '
                                  "header and a row for each case")),
        (("--format-path",), dict(choices=("absolute", "relative", "basename"), default="absolute",
                                  help="how paths of images and masks are written")),
        (("--unix-path", "-up"), dict(action="store_true", help="paths with / on every system")),
    )),
    ("Logging", "Messages on stderr and in a file", (
        (("--logging-level",), dict(metavar="LEVEL", default="WARNING",
                                    choices=("NOTSET", "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"),
                                    help="level of the messages in the log file")),
        (("--log-file",), dict(metavar="FILE", help="file to append messages to")),
        (("--verbosity", "-v"), dict(nargs="?", default=3, const=4, type=int, choices=(1, 2, 3, 4, 5),
                                     help="1 to 5: how much goes to stderr; 3 (default): warnings, 4: information")),
    )),
)


def parser(version):
    """The parser of the command's arguments; `version` is what --version says."""
    made = argparse.ArgumentParser(prog="pyradiomics", usage="%(prog)s image|batch [mask] [Options]")
    for title, description, arguments in _GROUPS:
        group = made.add_argument_group(title, description)
        for names, about in arguments:
            group.add_argument(*names, **about)
    made.add_argument("--label", "-l", metavar="N", type=int, help="(deprecated) value of the ROI in the mask")
    made.add_argument("--version", action="version", version="%(prog)s " + version)
    return made
