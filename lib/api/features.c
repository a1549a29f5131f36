#include "api/radmill.h"

#include "base/mem.h"
#include "engine/engine.h"
#include "engine/load/load.h"

#include "version.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

_Static_assert((int)RADMILL_U8 == (int)PIXEL_U8 && (int)RADMILL_F64 == (int)PIXEL_F64,
               "the two lists of pixel types are one");

struct radmill_features {
    size_t n;
    char **name;
    double *value;
};

static bool give(struct radmill_error *to, const struct err *from)
{
    if (to) {
        to->code = from->code;
        memcpy(to->text, from->text, sizeof to->text);
    }
    return false;
}

/* A volume of our own: the engine may keep or change what it is handed. */
static bool copy_volume(const struct radmill_image *in, struct volume *out, struct err *e)
{
    struct grid g = grid_unit();
    memcpy(g.size, in->size, sizeof g.size);
    memcpy(g.spacing_mm, in->spacing_mm, sizeof g.spacing_mm);
    memcpy(g.origin_mm, in->origin_mm, sizeof g.origin_mm);
    memcpy(g.direction, in->direction, sizeof g.direction);
    *out = (struct volume){0};
    if (!in->voxels || in->pixel < RADMILL_U8 || in->pixel > RADMILL_F64)
        return err_set(e, ERR_USAGE, "an image without voxels or of no known pixel type");
    if (!grid_settle(&g, e) || !volume_alloc(out, &g, (enum pixel_type)in->pixel, e))
        return false;
    memcpy(out->data, in->voxels, (size_t)grid_voxels(&g) * pixel_size(out->type));
    return true;
}

static struct radmill_features *collect(const struct result *r)
{
    struct radmill_features *f = mem_must(calloc(1, sizeof *f));
    f->name = mem_must(calloc(r->n + 1, sizeof *f->name));
    f->value = mem_must(calloc(r->n + 1, sizeof *f->value));
    for (size_t i = 0; i < r->n; i++) {
        const struct result_value *v = &r->item[i];
        if (v->value.absent)
            continue;
        struct str name = {0};
        column_name(&name, &r->columns.item[v->column]);
        f->name[f->n] = str_take(&name);
        f->value[f->n++] = v->value.reason ? NAN : v->value.value;
    }
    return f;
}

static bool extract(const struct params *p, const struct radmill_image *image,
                    const struct radmill_image *mask, struct radmill_features **out, struct err *e)
{
    struct volume image_volume = {0}, mask_volume = {0};
    struct rcase c = {0};
    struct result result = {0};
    bool ok = copy_volume(image, &image_volume, e) || err_wrap(e, "image");
    ok = ok && (copy_volume(mask, &mask_volume, e) || err_wrap(e, "mask"));
    if (ok)
        ok = load_from_volumes(&image_volume, &mask_volume, NULL, &p->settings.load, NULL, &c, e) &&
             engine_measure(p, &c, &result, e);
    else
        volume_free(&image_volume);
    if (ok)
        *out = collect(&result);
    result_free(&result);
    rcase_free(&c);
    volume_free(&mask_volume);
    return ok;
}

bool radmill_extract(const struct radmill_image *image, const struct radmill_image *mask,
                     const char *params_path, int64_t label, struct radmill_features **out,
                     struct radmill_error *e)
{
    struct err why = {0};
    struct params *p;
    const struct params_source source = {.path = params_path, .label = label};
    *out = NULL;
    if (!params_create(&source, &p, &why))
        return give(e, &why);
    bool ok = extract(p, image, mask, out, &why);
    params_destroy(p);
    return ok || give(e, &why);
}

size_t radmill_count(const struct radmill_features *f)
{
    return f->n;
}

const char *radmill_name(const struct radmill_features *f, size_t i)
{
    return f->name[i];
}

double radmill_value(const struct radmill_features *f, size_t i)
{
    return f->value[i];
}

void radmill_features_free(struct radmill_features *f)
{
    if (!f)
        return;
    for (size_t i = 0; i < f->n; i++)
        free(f->name[i]);
    free(f->name);
    free(f->value);
    free(f);
}

const char *radmill_version(void)
{
    return RADMILL_VERSION;
}
