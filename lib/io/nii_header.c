#include "io/nii_private.h"

#include <float.h>
#include <math.h>
#include <nifti2_io.h>
#include <stddef.h>
#include <string.h>

/* *colours: bytes of a colour voxel, which lie side by side; 0: no colours. */
static bool take_type(int datatype, const char *name, enum pixel_type *type, int *colours,
                      struct err *e)
{
    static const struct {
        int datatype;
        enum pixel_type type;
        int colours;
    } map[] = {{DT_UINT8, PIXEL_U8, 0},    {DT_INT8, PIXEL_I8, 0},    {DT_UINT16, PIXEL_U16, 0},
               {DT_INT16, PIXEL_I16, 0},   {DT_UINT32, PIXEL_U32, 0}, {DT_INT32, PIXEL_I32, 0},
               {DT_UINT64, PIXEL_U64, 0},  {DT_INT64, PIXEL_I64, 0},  {DT_FLOAT32, PIXEL_F32, 0},
               {DT_FLOAT64, PIXEL_F64, 0}, {DT_RGB24, PIXEL_U8, 3},   {DT_RGBA32, PIXEL_U8, 4}};
    for (size_t i = 0; i < sizeof map / sizeof *map; i++) {
        if (map[i].datatype == datatype) {
            *type = map[i].type;
            *colours = map[i].colours;
            return true;
        }
    }
    return err_set(e, ERR_REFUSED, "%s: NIfTI data type %d is not supported", name, datatype);
}

/* Columns of a RAS matrix in single precision (as ITK holds it), normalised in double, to LPS. */
static void grid_from_matrix(const nifti_dmat44 *m, struct grid *g)
{
    for (int c = 0; c < 3; c++) {
        double column[3], norm = 0;
        for (int r = 0; r < 3; r++) {
            column[r] = (double)(float)m->m[r][c] * (r < 2 ? -1 : 1);
            norm += column[r] * column[r];
        }
        norm = sqrt(norm);
        for (int r = 0; r < 3; r++)
            g->direction[3 * r + c] = norm > 0 ? column[r] / norm : 0;
    }
    for (int r = 0; r < 3; r++)
        g->origin_mm[r] = (double)(float)m->m[r][3] * (r < 2 ? -1 : 1);
    for (int i = 0; i < 9; i++)
        g->direction[i] += 0.0; /* no negative zeros */
    for (int r = 0; r < 3; r++)
        g->origin_mm[r] += 0.0;
}

static bool orthonormal(const nifti_dmat44 *m)
{
    struct grid g;
    grid_from_matrix(m, &g);
    for (int a = 0; a < 3; a++) {
        for (int b = a; b < 3; b++) {
            double dot = 0;
            for (int r = 0; r < 3; r++)
                dot += g.direction[3 * r + a] * g.direction[3 * r + b];
            if (fabs(dot - (a == b)) > 1e-4)
                return false;
        }
    }
    return true;
}

/* Both forms say the same up to the rounding of a quaternion. */
static bool similar(const nifti_dmat44 *a, const nifti_dmat44 *b)
{
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 4; c++)
            if (fabs(a->m[r][c] - b->m[r][c]) > 1e-4)
                return false;
    return true;
}

/* ITK 5.4's choice, found by reading files with every pair of codes: the sform where it is the
 * scanner's or only repeats the qform, else the qform. */
static const nifti_dmat44 *chosen_matrix(const nifti_image *n)
{
    bool sform = n->sform_code > 0 && orthonormal(&n->sto_xyz);
    if (sform && (n->qform_code <= 0 || n->sform_code == NIFTI_XFORM_SCANNER_ANAT ||
                  similar(&n->sto_xyz, &n->qto_xyz)))
        return &n->sto_xyz;
    if (n->qform_code > 0)
        return &n->qto_xyz;
    return n->sform_code > 0 ? &n->sto_xyz : NULL;
}

/* Millimetres in the header's unit of length; no unit means millimetres. */
static double millimetres(const nifti_image *n)
{
    return n->xyz_units == NIFTI_UNITS_METER    ? 1000
           : n->xyz_units == NIFTI_UNITS_MICRON ? 0.001
                                                : 1;
}

/* Spacing 0 is refused but where there is one voxel only: then it is 1, as ITK has it. */
static double spacing_mm(const nifti_image *n, int axis)
{
    double spacing = fabs((double)(float)n->pixdim[axis]);
    return (spacing > 0 ? spacing : 1) * millimetres(n);
}

static bool take_sizes(const nifti_image *n, const char *name, int colours, struct volume *v,
                       struct err *e)
{
    int dims = (int)n->dim[0];
    while (dims > 3 && n->dim[dims] == 1)
        dims--;
    if (dims > 5 || (dims >= 4 && n->dim[4] > 1))
        return err_set(e, ERR_REFUSED, "%s: an image of %d dimensions", name, dims);
    if (colours && dims > 3)
        return err_set(e, ERR_REFUSED, "%s: colours of %d dimensions", name, dims);
    if (dims == 5 && n->dim[3] == 1)
        dims = 2; /* as ITK has it: one slice of vectors is flat */
    v->grid = grid_unit();
    v->grid.dims = dims >= 3 ? 3 : 2;
    v->channels = colours ? colours : n->dim[0] >= 5 ? (int)n->dim[5] : 1;
    for (int a = 0; a < 3 && a < dims; a++) {
        v->grid.size[a] = n->dim[a + 1];
        v->grid.spacing_mm[a] = spacing_mm(n, a + 1);
    }
    if (v->grid.size[0] * v->grid.size[1] > INT64_MAX / v->grid.size[2] / 8 / v->channels)
        return err_set(e, ERR_REFUSED, "%s: too large", name);
    return true;
}

/* With a form, its matrix; without one the axes. A negative spacing turns its axis, as in ITK. */
static void take_orientation(const nifti_image *n, struct grid *g)
{
    const nifti_dmat44 *m = chosen_matrix(n);
    if (m)
        grid_from_matrix(m, g);
    for (int a = 0; a < 3; a++) {
        for (int r = 0; r < 3 && a < g->dims && n->pixdim[a + 1] < 0; r++)
            g->direction[3 * r + a] = 0 - g->direction[3 * r + a];
        g->origin_mm[a] *= millimetres(n);
    }
    if (g->dims == 2) {
        double *d = g->direction;
        d[2] = d[5] = d[6] = d[7] = 0;
        d[8] = 1;
        g->origin_mm[2] = 0;
    }
}

/* ITK's rule: a slope that is no number, or 0 but for round-off, is 1; an intercept that is no
 * number is 0. */
static void take_scaling(const nifti_image *n, struct nii_header *h)
{
    h->slope = isfinite(n->scl_slope) && fabs(n->scl_slope) >= DBL_EPSILON ? n->scl_slope : 1;
    h->intercept = isfinite(n->scl_inter) ? n->scl_inter : 0;
}

static bool take_header(const nifti_image *n, const char *name, struct nii_header *h, struct err *e)
{
    int colours = 0;
    if (!take_type(n->datatype, name, &h->volume.type, &colours, e) ||
        !take_sizes(n, name, colours, &h->volume, e))
        return false;
    h->side_by_side = colours > 0;
    if (n->qform_code <= 0 && n->sform_code > 0 && !orthonormal(&n->sto_xyz))
        return err_set(e, ERR_REFUSED,
                       "%s: the axes in the header are not perpendicular (sform), or singular",
                       name);
    take_orientation(n, &h->volume.grid);
    if (!grid_settle(&h->volume.grid, e))
        return err_wrap(e, "%s", name);
    take_scaling(n, h);
    int64_t least = h->pair ? 0 : h->header_bytes;
    h->data_offset = n->iname_offset > least ? n->iname_offset : least;
    return true;
}

/* Fields that the NIfTI library would print warnings about, correct without a word, or convert
 * without a check. */
struct raw {
    int64_t dim[8];
    double pixdim[8], offset;
    double quaternion[6]; /* and the origin, when there is a qform; else 0 */
    int datatype;
};

static bool check_sizes(const struct raw *r, const char *name, struct err *e)
{
    if (r->dim[0] < 1 || r->dim[0] > 7)
        return err_set(e, ERR_REFUSED, "%s: %lld dimensions", name, (long long)r->dim[0]);
    for (int i = 1; i <= r->dim[0]; i++)
        if (r->dim[i] < 1 || r->dim[i] > INT32_MAX)
            return err_set(e, ERR_REFUSED, "%s: size %lld along axis %d", name,
                           (long long)r->dim[i], i);
    for (int i = 1; i <= r->dim[0] && i <= 3; i++)
        if (!isfinite(r->pixdim[i]) || (r->pixdim[i] == 0 && r->dim[i] > 1))
            return err_set(e, ERR_REFUSED, "%s: voxel spacing %g along axis %d", name, r->pixdim[i],
                           i);
    return true;
}

static bool check_raw(const struct raw *r, const char *name, struct err *e)
{
    enum pixel_type ignored;
    int colours;
    const double farthest = 1e15;
    if (!take_type(r->datatype, name, &ignored, &colours, e) || !check_sizes(r, name, e))
        return false;
    if (!(r->offset >= 0 && r->offset <= farthest))
        return err_set(e, ERR_REFUSED, "%s: voxels at offset %g", name, r->offset);
    for (int i = 0; i < 6; i++)
        if (!isfinite(r->quaternion[i]))
            return err_set(e, ERR_REFUSED, "%s: the qform holds a value that is not a number",
                           name);
    return true;
}

/* From a NIfTI-1 or NIfTI-2 header in native byte order; in ANALYZE these bytes mean something
 * else. */
#define TAKE_RAW(header, out)                                                                      \
    do {                                                                                           \
        const bool nifti = (header).magic[0] == 'n';                                               \
        const double q[6] = {(header).quatern_b, (header).quatern_c, (header).quatern_d,           \
                             (header).qoffset_x, (header).qoffset_y, (header).qoffset_z};          \
        for (int i = 0; i < 8; i++) {                                                              \
            (out)->dim[i] = (header).dim[i];                                                       \
            (out)->pixdim[i] = (header).pixdim[i];                                                 \
        }                                                                                          \
        for (int i = 0; i < 6; i++)                                                                \
            (out)->quaternion[i] = nifti && (header).qform_code > 0 ? q[i] : 0;                    \
        (out)->offset = nifti ? (double)(header).vox_offset : 0;                                   \
        (out)->datatype = (header).datatype;                                                       \
    } while (0)

static nifti_image *convert_one(nifti_1_header h, bool swapped, const char *name, struct err *e)
{
    nifti_1_header native = h;
    struct raw raw;
    if (swapped)
        nifti_swap_as_nifti1(&native);
    TAKE_RAW(native, &raw);
    return check_raw(&raw, name, e) ? nifti_convert_n1hdr2nim(h, "x.nii") : NULL;
}

static nifti_image *convert_two(nifti_2_header h, bool swapped, const char *name, struct err *e)
{
    nifti_2_header native = h;
    struct raw raw;
    if (swapped)
        nifti_swap_as_nifti2(&native);
    TAKE_RAW(native, &raw);
    return check_raw(&raw, name, e) ? nifti_convert_n2hdr2nim(h, "x.nii") : NULL;
}

/* The header begins with its own length, in the byte order of the file. */
static bool size_of_header(const unsigned char *bytes, size_t got, struct nii_header *h)
{
    int32_t size = 0;
    if (got >= sizeof size)
        memcpy(&size, bytes, sizeof size);
    int32_t turned = (int32_t)__builtin_bswap32((uint32_t)size);
    h->swapped =
        turned == (int32_t)sizeof(nifti_1_header) || turned == (int32_t)sizeof(nifti_2_header);
    h->header_bytes = h->swapped ? turned : size;
    return (h->header_bytes == (int)sizeof(nifti_1_header) ||
            h->header_bytes == (int)sizeof(nifti_2_header)) &&
           got >= (size_t)h->header_bytes;
}

/* An ANALYZE 7.5 header has no magic: its name must tell. */
bool nii_header_recognise(const unsigned char *bytes, size_t got, const char *name,
                          struct nii_header *h)
{
    *h = (struct nii_header){0};
    if (!size_of_header(bytes, got, h))
        return false;
    bool two = h->header_bytes == (int)sizeof(nifti_2_header);
    const char *magic = (const char *)bytes +
                        (two ? offsetof(nifti_2_header, magic) : offsetof(nifti_1_header, magic));
    bool analyze = !two && nii_pair_member(name) && memcmp(magic, "n", 1) != 0;
    h->pair = analyze || memcmp(magic, two ? "ni2" : "ni1", 4) == 0;
    return h->pair || memcmp(magic, two ? "n+2" : "n+1", 4) == 0;
}

bool nii_header_parse(const unsigned char *bytes, size_t got, const char *name,
                      struct nii_header *h, struct err *e)
{
    nifti_1_header one;
    nifti_2_header two;
    nifti_image *n = NULL;
    nifti_set_debug_level(0);
    if (!nii_header_recognise(bytes, got, name, h))
        return err_set(e, ERR_REFUSED, "%s: not a NIfTI file", name);
    if (h->header_bytes == (int)sizeof one) {
        memcpy(&one, bytes, sizeof one);
        n = convert_one(one, h->swapped, name, e);
    } else {
        memcpy(&two, bytes, sizeof two);
        n = convert_two(two, h->swapped, name, e);
    }
    if (!n)
        return e && e->text[0] ? false : err_set(e, ERR_REFUSED, "%s: broken NIfTI header", name);
    bool ok = take_header(n, name, h, e);
    nifti_image_free(n);
    return ok;
}
