/* What a run was asked for, by the names of make's variables; remembered in OUTDIR, so that
 * `make OUTDIR=DIR` repeats it. A setting that is given empty is forgotten. */
#ifndef RADMILL_GRAPH_SETTINGS_H
#define RADMILL_GRAPH_SETTINGS_H

#include "base/err.h"

enum setting {
    SET_DICOM_ROOT,
    SET_CUSTOM_STRUCTURES,
    SET_AUTOSEG,
    SET_AUTOSEG_MODEL,
    SET_PARAMS,
    SET_PARAMS_CT,
    SET_PARAMS_MR,
    SET_PARAMS_PT,
    SET_PRESET,
    SET_SUV,
    SET_STRUCTURE_SETS,
    SET_PSEUDONYMIZE,
    SET_TABLES,
    SET_ENGINE,
    SET_ROI_MEM_MB,
    SET_ROI_TIMEOUT,
    SET_LOGS,
    SET_BINDIR,
    SETTINGS
};

struct run_settings {
    char *value[SETTINGS]; /* owned; paths are absolute; NULL: not given */
};

/* Reads what an earlier run remembered; a file that is not there leaves all unset. */
bool settings_load(struct run_settings *s, const char *path, struct err *e);
bool settings_save(const struct run_settings *s, const char *path, struct err *e);

/* Takes "NAME=value". Relative paths are meant from the current folder. ERR_USAGE: an unknown name,
 * or a value that it does not take; ERR_REFUSED: a file or folder that is not there. */
bool settings_set(struct run_settings *s, const char *assignment, struct err *e);

/* The value, or the setting's default (may be NULL). */
const char *settings_get(const struct run_settings *s, enum setting which);

void settings_free(struct run_settings *s);

#endif
