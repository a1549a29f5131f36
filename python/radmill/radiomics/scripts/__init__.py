"""pyradiomics' command line over radmill's engine:

    python -m radmill.radiomics.scripts IMAGE MASK [OPTION]...
    python -m radmill.radiomics.scripts BATCH.csv [OPTION]...

Arguments, output and exit status are those of the command `pyradiomics` of release 3.0.1. Cases of a batch
run in threads, since the engine does not hold the interpreter. Where pyradiomics is installed,
`python -m radmill "$(command -v pyradiomics)"` runs its own command."""

import csv
import functools
import logging
import logging.config
import os
from concurrent.futures import ThreadPoolExecutor

import radmill

from .. import __version__, featureextractor
from . import segment, voxel
from ._arguments import parser
from ._output import write
from ._overrides import overrides


class PyRadiomicsCommandLine:
    """One run: `run` gives the exit status."""

    def __init__(self, custom_arguments=None):
        self.logger = logging.getLogger("radiomics.script")
        self.relative_path_start = os.getcwd()
        self.args = self.getParser().parse_args(args=custom_arguments)
        self.logging_config = _configure_logging(self.args)
        if self.args.mode == "segment":
            self.serial_func, self.parallel_func = segment.extractSegment, segment.extractSegment_parallel
        else:
            self.serial_func, self.parallel_func = voxel.extractVoxel, voxel.extractVoxel_parallel
        self.case_count = 0
        self.num_workers = 0

    @classmethod
    def getParser(cls):
        return parser(__version__)

    def run(self):
        """0: done, also when cases failed (the log names them); 1: the input names no cases; 3: anything
        else; -1: interrupted."""
        try:
            self.logger.info("Starting PyRadiomics (version: %s)", __version__)
            cases = self._cases()
            if cases is None:
                return 1
            if self.args.validate:
                self._validate(cases)
            else:
                write(self._process(cases), self.args, self.relative_path_start)
                self.logger.info("Finished %s-based extraction successfully...", self.args.mode)
        except (KeyboardInterrupt, SystemExit):
            self.logger.info("Cancelling Extraction")
            return -1
        except Exception:
            self.logger.error("Error extracting features!", exc_info=True)
            return 3
        return 0

    def _cases(self):
        """The cases with their numbers, from 1; None when the input has none."""
        if self.args.input.endswith(".csv"):
            cases = self._batch(self.args.input)
        elif self.args.mask is not None:
            cases = [{"Image": self.args.input, "Mask": self.args.mask}]
        else:
            self.logger.error("Input is not recognized as batch, no mask specified, cannot compute result!")
            cases = None
        if cases is None:
            return None
        self.case_count = len(cases)
        self.num_workers = max(1, min(self.case_count, self.args.jobs))
        return list(enumerate(cases, start=1))

    def _batch(self, path):
        """The rows of a batch file; relative paths count from its folder."""
        self.relative_path_start = os.path.dirname(path)
        with open(path, newline="") as f:
            rows = csv.DictReader(f)
            for column in ("Image", "Mask"):
                if column not in (rows.fieldnames or ()):
                    self.logger.error('Required column "%s" not present in input, unable to extract features...', column)
                    return None
            cases = []
            for line, row in enumerate(rows, start=2):
                if row["Image"] is None or row["Mask"] is None:
                    self.logger.warning("Batch L%d: Missing required Image or Mask, skipping this case...", line)
                    continue
                for column in ("Image", "Mask"):
                    row[column] = os.path.abspath(os.path.join(self.relative_path_start, row[column]))
                cases.append(row)
        return cases

    def _validate(self, cases):
        self.logger.info("Validating input for %i cases", self.case_count)
        if self.args.param is not None:
            try:
                radmill.Params(self.args.param, profile="pyradiomics")
            except radmill.RadmillError as e:
                self.logger.error("Parameter validation failed! %s", e)
        wrong = 0
        for number, case in cases:
            absent = [column for column in ("Image", "Mask") if not os.path.isfile(case[column])]
            for column in absent:
                self.logger.error("%s path for case (%i/%i) does not exist!", column, number, self.case_count)
            wrong += bool(absent)
        self.logger.info("Validation complete, errors found in %i case(s)", wrong)

    def _process(self, cases):
        """The results of the cases, in their order."""
        extractor = featureextractor.RadiomicsFeatureExtractor(
            *([] if self.args.param is None else [self.args.param]), **overrides(self.args))
        if not cases:
            raise ValueError("No cases to process...")
        if self.args.out_dir is not None:
            os.makedirs(self.args.out_dir, exist_ok=True)
        options = dict(extractor=extractor, out_dir=self.args.out_dir, unix_path=self.args.unix_path)
        self.logger.info("Input valid, starting extraction from %d case(s) with %d worker(s)...",
                         self.case_count, self.num_workers)
        if self.num_workers == 1:
            return [self.serial_func(*case, **options) for case in cases]
        pool = ThreadPoolExecutor(self.num_workers)
        try:
            return list(pool.map(functools.partial(self.parallel_func, **options), cases))
        finally:  # an interruption waits for the cases at work only
            pool.shutdown(cancel_futures=True)


def _configure_logging(args):
    """Messages of "radiomics" to stderr by --verbosity, and to --log-file by --logging-level."""
    levels = {"console": (6 - args.verbosity) * 10}
    handlers = {"console": {"class": "logging.StreamHandler"}}
    if args.log_file is not None:
        levels["logfile"] = getattr(logging, args.logging_level)
        handlers["logfile"] = {"class": "logging.FileHandler", "filename": args.log_file, "mode": "a"}
    for name, handler in handlers.items():
        handler.update(level=levels[name], formatter="default")
    thread = "(%(threadName)s) " if args.jobs > 1 else ""
    config = {
        "version": 1, "disable_existing_loggers": False,
        "formatters": {"default": {"format": f"[%(asctime)s] %(levelname)-.1s: {thread}%(name)s: %(message)s",
                                   "datefmt": "%Y-%m-%d %H:%M:%S"}},
        "handlers": handlers,
        "loggers": {"radiomics": {"level": min(*levels.values(), getattr(logging, args.logging_level)),
                                  "handlers": list(handlers)}},
    }
    logging.config.dictConfig(config)
    return config


def parse_args():
    """Runs the command line of this process; -> its exit status."""
    try:
        return PyRadiomicsCommandLine().run()
    except Exception as e:
        logging.getLogger().error("Error executing PyRadiomics command line!", exc_info=True)
        print("Error executing PyRadiomics command line!\n%s" % e)
        return 4
