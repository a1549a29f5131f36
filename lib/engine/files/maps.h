/* Voxel mode from files to files: one map per feature, and a row that names them. */
#ifndef RADMILL_ENGINE_FILES_MAPS_H
#define RADMILL_ENGINE_FILES_MAPS_H

#include "engine/files/load_files.h"
#include "engine/rows/writer.h"

/* A file format of maps; adding one is adding a row to map_formats[] (maps.c). */
struct map_format {
    const char *ending; /* "nrrd" */
    bool (*write)(const char *path, const struct volume *map,
                  struct err *e); /* of several threads */
};
extern const struct map_format *const map_formats[]; /* NULL-terminated; the first is the default */
extern const char *const map_format_names[];         /* their endings, for the table of options */

struct maps_request {
    struct load_request files;
    const char *folder; /* made when it is missing */
    const struct map_format *format;
    int64_t number; /* of the case, in the names of its maps */
    int threads;    /* 1 to POOL_THREADS_MOST; the same maps whatever their number */
};

/* Writes each map to <folder>/Case-<number>_<image>_<class>_<Feature>.<ending>, as pyradiomics
 * names them, and appends the row: the prefix, the diagnostics, and the path of each map under the
 * feature's name (CSV and long form with their header). ERR_REFUSED wherever the rules refuse the
 * case. */
bool maps_run(const struct params *p, const struct maps_request *request,
              const struct row_prefix *prefix, const struct row_writer *writer, struct str *out,
              struct err *e);

#endif
