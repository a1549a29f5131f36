/* Label maps and plain masks as a source: NIfTI (with TotalSegmentator's names in a header
 * extension), NRRD (with 3D Slicer's), and what else ITK reads. */
#include "base/mem.h"
#include "io/meta.h"
#include "io/nii.h"
#include "io/nrrd.h"
#include "io/volume_file.h"
#include "masks/label_names.h"
#include "masks/labels.h"
#include "masks/regions.h"
#include "vol/regrid.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Extension codes that hold Caret XML: "unknown" (TotalSegmentator) and CARET. */
static const int CARET_CODES[] = {0, 30};

struct state {
    struct label_names names;
    struct labels labels;
};

static bool recognise(const char *path)
{
    return nii_recognise(path) || nrrd_recognise(path) || meta_recognise(path);
}

bool label_names_read(const char *path, struct label_names *names, struct err *e)
{
    if (nrrd_recognise(path)) {
        char *header = nrrd_header_text(path, e);
        if (header)
            label_names_slicer(header, names);
        free(header);
        return header != NULL;
    }
    for (size_t i = 0; i < 2 && strcmp(path, "-") != 0 && nii_recognise(path); i++) {
        char *text = nii_extension_text(path, CARET_CODES[i], e);
        if (!text)
            return false;
        label_names_caret(text, names);
        free(text);
    }
    return true;
}

static bool read_labels(const char *path, struct labels *labels, struct err *e)
{
    struct volume v;
    if (!volume_file_read(path, &v, e))
        return false;
    bool ok = labels_find(&v, labels, e);
    if (ok && strcmp(path, "-") != 0 &&
        nii_recognise(path)) /* else the grid in the header's single precision */
        ok = nii_exact_grid(path, &labels->grid, e);
    volume_free(&v);
    return ok || err_wrap(e, "%s", path);
}

/* The file's name without folder and ending: the name of the region in a file of one region. */
static char *stem_of(const char *path)
{
    static const char *const endings[] = {".nii.gz", ".nii", ".seg.nrrd", ".nrrd",
                                          ".nhdr",   ".mha", ".mhd"};
    char *stem = mem_strdup(strcmp(path, "-") == 0 ? "mask" : path_base(path));
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = strlen(stem), m = strlen(endings[i]);
        if (n > m && strcmp(stem + n - m, endings[i]) == 0) {
            stem[n - m] = '\0';
            break;
        }
    }
    return stem;
}

/* Without names in the header: a single value is a region named after the file; several get their
 * value appended. */
static void name_by_value(const char *path, struct state *state)
{
    char *stem = stem_of(path);
    const struct labels *l = &state->labels;
    state->names.item = mem_must(calloc(l->n + 1, sizeof *state->names.item));
    for (size_t i = 0; i < l->n || i == 0; i++) {
        struct str name = {0};
        str_add(&name, stem);
        if (l->n > 1)
            str_addf(&name, "_%" PRId64, l->value[i].value);
        if (l->n > 1 && l->voxels.channels > 1)
            str_addf(&name, "_of_layer_%d", l->value[i].channel);
        state->names.item[i].name = str_take(&name);
        state->names.item[i].value = l->n ? l->value[i].value : 1;
        state->names.item[i].channel = l->n ? l->value[i].channel : 0;
        state->names.n++;
    }
    free(stem);
}

static bool open_labels(const char *path, bool names_only, struct mask_source *s, struct err *e)
{
    struct state *state = mem_must(calloc(1, sizeof *state));
    s->state = state;
    s->uid = mem_strdup("");
    s->label = mem_strdup("");
    if (!label_names_read(path, &state->names, e))
        return false;
    bool named = state->names.n > 0;
    if ((!named || !names_only) && !read_labels(path, &state->labels, e))
        return false;
    if (!names_only && !labels_shrink(&state->labels, e))
        return false;
    if (!named)
        name_by_value(path, state);
    for (size_t i = 0; i < state->names.n; i++)
        source_add(s, state->names.item[i].name, state->names.item[i].value);
    return true;
}

/* Without names in the header, a file counts as one region that is named after it. */
static bool name_labels(const char *path, struct mask_source *s, struct err *e)
{
    struct label_names names = {0};
    s->uid = mem_strdup("");
    s->label = mem_strdup("");
    if (!label_names_read(path, &names, e))
        return false;
    for (size_t i = 0; i < names.n; i++)
        source_add(s, names.item[i].name, names.item[i].value);
    if (!names.n) {
        char *stem = stem_of(path);
        source_add(s, stem, 1);
        free(stem);
    }
    label_names_free(&names);
    return true;
}

/* Copies a box of the map's voxels to the target. */
static bool put(const struct labels *l, const struct box *box, const uint8_t *voxel,
                const struct mask_target *t, struct mask_paint *out, struct err *e)
{
    struct regrid_map map;
    if (regrid_find(&l->grid, &t->grid, &map)) {
        regrid_paste(&map, &l->grid, box, voxel, &t->grid, t->voxel, &out->touched);
        if (!regrid_is_identity(&map))
            str_list_add(&out->notes, "axes put into the order of the reference, exactly");
        return true;
    }
    if (t->resample) {
        struct grid own = grid_crop(&l->grid, box);
        out->touched = regrid_reach(&own, &t->grid);
        str_list_add(&out->notes, "resampled from another grid, nearest neighbour");
        return regrid_nearest(&own, voxel, &t->grid, &out->touched, REGRID_TIE_LOWER, t->voxel, e);
    }
    out->refused = true;
    regrid_explain(&l->grid, &t->grid, out->reason, sizeof out->reason);
    return true;
}

static bool paint(const struct mask_source *s, size_t roi, const struct mask_target *t,
                  struct mask_paint *out, struct err *e)
{
    const struct state *state = s->state;
    const struct label_name *name = &state->names.item[roi];
    const struct label_value *value = labels_get(&state->labels, name->value, name->channel);
    if (!value && state->labels.n == 0) {
        snprintf(out->reason, sizeof out->reason, "the mask is empty");
        return true;
    }
    if (!value) {
        snprintf(out->reason, sizeof out->reason, "no voxel carries the label %" PRId64,
                 name->value);
        return true;
    }
    uint8_t *voxel = mem_big((size_t)box_voxels(&value->bounds), 1, e);
    if (!voxel)
        return false;
    labels_cut(&state->labels, value, voxel);
    bool ok = put(&state->labels, &value->bounds, voxel, t, out, e);
    mem_big_free(voxel);
    return ok;
}

static void close_labels(struct mask_source *s)
{
    struct state *state = s->state;
    if (!state)
        return;
    label_names_free(&state->names);
    labels_free(&state->labels);
    free(state);
}

const struct mask_format mask_format_labels = {
    .name = "labels",
    .recognise = recognise,
    .open = open_labels,
    .name_regions = name_labels,
    .paint = paint,
    .close = close_labels,
};
