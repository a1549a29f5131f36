#include "io/nrrd.h"

#include "base/num.h"
#include "base/str.h"
#include "shim/gz.h"

/* NRRD's words for the pixel types. */
static const char *const type_name[PIXEL_TYPES] = {
    [PIXEL_U8] = "unsigned char",
    [PIXEL_I8] = "signed char",
    [PIXEL_U16] = "unsigned short",
    [PIXEL_I16] = "short",
    [PIXEL_U32] = "unsigned int",
    [PIXEL_I32] = "int",
    [PIXEL_U64] = "unsigned long long",
    [PIXEL_I64] = "long long",
    [PIXEL_F32] = "float",
    [PIXEL_F64] = "double",
};

static void add_vector(struct str *out, const double *v, int n)
{
    char text[NUM_TEXT];
    for (int i = 0; i < n; i++)
        str_addf(out, "%s%s", i ? "," : " (", num_format(v[i], text));
    str_add_char(out, ')');
}

static void add_geometry(struct str *out, const struct grid *g)
{
    str_add(out, "\nspace directions:");
    for (int c = 0; c < g->dims; c++) {
        double axis[3];
        for (int r = 0; r < g->dims; r++)
            axis[r] = g->direction[3 * r + c] * g->spacing_mm[c];
        add_vector(out, axis, g->dims);
    }
    str_add(out, g->dims == 3 ? "\nkinds: domain domain domain" : "\nkinds: domain domain");
    str_add(out, "\nendian: little\nencoding: gzip\nspace origin:");
    add_vector(out, g->origin_mm, g->dims);
    str_add(out, "\n\n");
}

static void header(const struct volume *v, struct str *out)
{
    const struct grid *g = &v->grid;
    str_addf(out, "NRRD0004\ntype: %s\ndimension: %d\n", type_name[v->type], g->dims);
    str_add(out,
            g->dims == 3 ? "space: left-posterior-superior\nsizes:" : "space dimension: 2\nsizes:");
    for (int a = 0; a < g->dims; a++)
        str_addf(out, " %lld", (long long)g->size[a]);
    add_geometry(out, g);
}

bool nrrd_write(const char *path, const struct volume *v, struct err *e)
{
    struct str text = {0};
    struct out_file out;
    if (!out_open(&out, path, false, true, e))
        return false;
    header(v, &text);
    const struct gz_part body = {v->data, (size_t)grid_voxels(&v->grid) * pixel_size(v->type)};
    bool good = fwrite(text.text, 1, text.len, out.file) == text.len ||
                err_errno(e, "%s: cannot be written", path);
    good = good && gz_write(out.file, &body, 1, e);
    str_free(&text);
    if (good)
        return out_commit(&out, e);
    out_abort(&out);
    return err_wrap(e, "%s", path);
}
