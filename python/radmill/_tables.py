"""Tables of a cohort as pandas reads them right: ids and names are text."""

import os
from typing import TYPE_CHECKING, Union

if TYPE_CHECKING:
    import pandas

# Columns that say whose a row is. 007 is a patient and NaN may be a region: they are text as they
# stand. Everything of a course or status table that is not listed as a number is text, too.
_NUMBERS_OF = {
    "status": {"seconds", "peak_mb"},
    "left_out": set(),
}
_TEXT = {"patient_id", "course_id", "course_dir", "modality", "segmentation_source", "roi_name",
         "roi_original_name", "roi_id", "reason", "state", "log", "kind", "path", "name", "date",
         "study_uid", "series_uid", "frame_of_reference_uid", "manufacturer", "model", "kernel",
         "reconstruction_method", "image", "class", "feature", "ibsi_code", "aggregation", "unit"}


def _typed(pandas, column, name, table):
    """Numbers and truths by what all cells say; text stays, and an empty cell in it is empty text."""
    only = _NUMBERS_OF.get(table)
    if name in _TEXT or only is not None and name not in only:
        return column
    filled = column[column != ""]
    if len(filled) and filled.isin(["True", "False"]).all():
        if len(filled) == len(column):
            return column == "True"
        return column.map({"True": True, "False": False}).astype("boolean")
    try:
        numbers = pandas.to_numeric(filled)
    except (ValueError, TypeError):
        return column
    if len(filled) == len(column):
        return numbers
    return numbers.astype(float).reindex(column.index)


def read_results(outdir: Union[str, os.PathLike], table: str = "radiomics") -> "pandas.DataFrame":
    """A table of a cohort's OUTDIR as a pandas.DataFrame.

    table   "radiomics", "status", "left_out", "courses" or "radiomics_long"

    Ids and names are text (007 stays 007, a region may be called NaN), an undefined value is NaN,
    True and False are bool. Raises FileNotFoundError when the table is not there.
    """
    import pandas

    path = os.path.join(os.fspath(outdir), "_RESULTS", table + ".csv")
    texts = pandas.read_csv(path, dtype=str, keep_default_na=False, na_filter=False,
                            encoding="utf-8")
    columns = {name: _typed(pandas, texts[name], name, table) for name in texts.columns}
    return pandas.DataFrame(columns, columns=texts.columns)
