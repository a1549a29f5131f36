#include "engine/maps.h"

#include "base/mem.h"
#include "engine/rows/columns.h"
#include "engine/rows/diagnostics.h"
#include "engine/rows/json_text.h"
#include "engine/voxel.h"
#include "io/csv.h"
#include "io/nii.h"
#include "io/nrrd.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* The cells of the row, column by column: as text, and as JSON ("" where there is no value). */
struct cells {
    struct str_list name, text, json;
    size_t first_map;
};

struct writer {
    const struct maps_request *request;
    struct cells *cells;
};

static void add_cell(struct cells *c, const char *name, const char *text, const char *json)
{
    str_list_add(&c->name, name);
    str_list_add(&c->text, text ? text : "");
    str_list_add(&c->json, json ? json : "");
}

static void add_text(struct cells *c, const char *name, const char *text)
{
    struct str json = {0};
    json_add_text(&json, text);
    add_cell(c, name, text, json.text);
    str_free(&json);
}

static void free_cells(struct cells *c)
{
    str_list_free(&c->name);
    str_list_free(&c->text);
    str_list_free(&c->json);
}

static bool write_map(void *user, const char *name, const struct volume *map, struct err *e)
{
    const struct writer *w = user;
    struct str file = {0};
    str_addf(&file, "Case-%" PRId64 "_%s.%s", w->request->number, name, w->request->ending);
    char *path = path_join(w->request->folder, file.text);
    bool good = strcmp(w->request->ending, "nrrd") == 0 ? nrrd_write(path, map, e)
                                                        : nii_write(path, map, false, e);
    if (good)
        add_text(w->cells, name, path);
    free(path);
    str_free(&file);
    return good;
}

static void add_row(const struct str_list *l, struct str *out)
{
    struct csv_row row = csv_row_begin(out);
    csv_put_list(&row, l);
    csv_row_end(&row);
}

static void add_json(const struct cells *c, struct str *out)
{
    struct json_object o = json_object_begin(out);
    for (size_t i = 0; i < c->name.n; i++)
        if (c->json.item[i][0])
            json_put(&o, c->name.item[i], c->json.item[i]);
    json_object_end(&o);
}

static const char long_header[] = "feature,map\n";

static void add_long(const struct cells *c, struct str *out)
{
    str_add(out, long_header);
    for (size_t i = c->first_map; i < c->name.n; i++) {
        struct csv_row row = csv_row_begin(out);
        csv_put(&row, c->name.item[i]);
        csv_put(&row, c->text.item[i]);
        csv_row_end(&row);
    }
}

static void render(const struct cells *c, enum row_format format, struct str *out)
{
    if (format == ROW_JSON) {
        add_json(c, out);
    } else if (format == ROW_LONG) {
        add_long(c, out);
    } else {
        add_row(&c->name, out);
        add_row(&c->text, out);
    }
}

/* The prefix and the diagnostics stand in front of the maps, but are known only behind them. */
static void put_in_front(const struct params *p, const struct row_prefix *prefix,
                         const struct snapshots *log, struct cells *maps)
{
    struct cells row = {0};
    struct diagnostics d;
    for (size_t i = 0; prefix && i < prefix->n; i++)
        add_text(&row, prefix->name[i], prefix->value[i]);
    diagnostics_list(p, log, &d);
    for (size_t i = 0; i < d.n; i++) {
        struct str name = {0};
        str_addf(&name, "diagnostics_%s", d.item[i].name);
        add_cell(&row, name.text, d.item[i].text, d.item[i].json);
        str_free(&name);
    }
    diagnostics_free(&d);
    row.first_map = row.name.n;
    for (size_t i = 0; i < maps->name.n; i++)
        add_text(&row, maps->name.item[i], maps->text.item[i]);
    free_cells(maps);
    *maps = row;
}

bool maps_run(const struct params *p, const struct maps_request *request,
              const struct row_prefix *prefix, enum row_format format, struct str *out,
              struct err *e)
{
    struct cells cells = {0};
    struct writer writer = {request, &cells};
    const struct voxel_sink sink = {&writer, write_map};
    /* a result carries and releases the snapshots */
    struct result result = {0};
    if (p->settings.load.additional_info)
        result.log = mem_must(calloc(1, sizeof *result.log));
    bool good =
        make_folders(request->folder, e) && voxel_run(p, &request->files, result.log, &sink, e);
    if (good) {
        put_in_front(p, prefix, result.log, &cells);
        render(&cells, format, out);
    }
    result_free(&result);
    free_cells(&cells);
    return good;
}

bool maps_header(const struct params *p, const struct row_prefix *prefix, enum row_format format,
                 int dims, struct str *out, struct err *e)
{
    struct str_list names = {0};
    struct cells cells = {0};
    bool good = columns_of_maps(p, dims, &names, e);
    for (size_t i = 0; i < names.n; i++)
        add_text(&cells, names.item[i], "");
    put_in_front(p, prefix, NULL, &cells);
    if (good && format == ROW_LONG)
        str_add(out, long_header);
    else if (good && format == ROW_CSV)
        add_row(&cells.name, out);
    free_cells(&cells);
    str_list_free(&names);
    return good;
}
