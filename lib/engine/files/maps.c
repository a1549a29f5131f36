#include "engine/files/maps.h"

#include "engine/engine.h"
#include "engine/voxel/voxel.h"
#include "io/atomic.h"
#include "io/nii.h"
#include "io/nrrd.h"

#include <inttypes.h>
#include <stdlib.h>

static bool write_nii(const char *path, const struct volume *map, struct err *e)
{
    return nii_write(path, map, false, e);
}

/* ending, function: one list for the rows and for their names */
#define FORMATS(X)                                                                                 \
    X("nrrd", nrrd_write)                                                                          \
    X("nii", write_nii)                                                                            \
    X("nii.gz", write_nii)
#define MAP_FORMAT(ending, write)      &(const struct map_format){ending, write},
#define MAP_FORMAT_NAME(ending, write) ending,
const struct map_format *const map_formats[] = {FORMATS(MAP_FORMAT) NULL};
const char *const map_format_names[] = {FORMATS(MAP_FORMAT_NAME) NULL};

/* The maps: names of their columns, and paths. */
struct written {
    const struct maps_request *request;
    struct str_list column, path;
};

static bool name_map(void *user, const struct column *column, struct err *e)
{
    struct written *w = user;
    struct str name = {0}, file = {0};
    (void)e;
    column_name(&name, column);
    str_addf(&file, "Case-%" PRId64 "_%s.%s", w->request->number, name.text,
             w->request->format->ending);
    char *path = path_join(w->request->folder, file.text);
    str_list_add(&w->column, name.text);
    str_list_add(&w->path, path);
    free(path);
    str_free(&name);
    str_free(&file);
    return true;
}

/* Compressing and flushing a map takes as long as making it: threads do it side by side. */
static bool write_map(void *user, int64_t number, const struct column *column,
                      const struct volume *map, struct err *e)
{
    const struct written *w = user;
    (void)column;
    return w->request->format->write(w->path.item[number], map, e);
}

/* In the row, prefix and diagnostics come before the maps, but they are complete only after the
 * maps were made. */
static bool render(const struct params *p, const struct row_prefix *prefix,
                   const struct snapshots *log, const struct written *w,
                   const struct row_writer *writer, struct str *out, struct err *e)
{
    struct case_row row;
    bool good = case_row_maps(p, prefix, log, &row, e);
    for (size_t i = 0; good && i < w->column.n; i++)
        case_row_add_map(&row, w->column.item[i], w->path.item[i]);
    if (good)
        row_write(writer, &row, out);
    case_row_free(&row);
    return good;
}

bool maps_run(const struct params *p, const struct maps_request *request,
              const struct row_prefix *prefix, const struct row_writer *writer, struct str *out,
              struct err *e)
{
    struct written w = {.request = request};
    const struct voxel_sink sink = {&w, name_map, write_map, true};
    struct result result = {0}; /* it carries and releases the snapshots */
    struct rcase c = {0};
    bool good = engine_begin(p, &result, e) && pool_create(request->threads, &c.pool, e) &&
                make_folders(request->folder, e) &&
                load_case(&request->files, &p->settings.load, result.log, &c, e) &&
                voxel_measure(p, &c, result.log, NULL, &sink, e) &&
                render(p, prefix, result.log, &w, writer, out, e);
    rcase_free(&c);
    pool_destroy(c.pool);
    result_free(&result);
    str_list_free(&w.column);
    str_list_free(&w.path);
    return good;
}
