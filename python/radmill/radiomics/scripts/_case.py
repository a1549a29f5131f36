"""What the two modes share: one case of a batch."""

import collections
import datetime
import logging
import logging.config
import os
import threading

logger = logging.getLogger("radiomics.script")


def _whole_number(case, column):
    value = case.get(column)
    return int(value) if isinstance(value, str) else value


def measured(case_idx, case, extractor, **options):
    """The columns of the case, then what the extractor gives; the columns alone when it fails, which
    the log says."""
    row = collections.OrderedDict(case)
    started = datetime.datetime.now()
    try:
        logger.info("Processing case %s", case_idx)
        row.update(extractor.execute(case["Image"], case["Mask"], _whole_number(case, "Label"),
                                     _whole_number(case, "Label_channel"), **options))
        logger.info("Case %s processed in %s", case_idx, datetime.datetime.now() - started)
    except Exception:
        logger.error("Feature extraction failed!", exc_info=True)
    return row


_configured_in = None  # the process


def in_worker(case_idx, logging_config):
    """What a worker does first: its name in messages, and messages as the run wants them, if it is a
    process of its own."""
    global _configured_in
    threading.current_thread().name = "case %s" % case_idx
    if logging_config is not None and _configured_in != os.getpid():
        logging.config.dictConfig(logging_config)
        _configured_in = os.getpid()
