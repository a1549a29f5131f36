#include "io/nii.h"

#include "base/mem.h"
#include "base/num.h"
#include "base/str.h"
#include "io/atomic.h"
#include "shim/gz.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <nifti2_io.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const char GRID_TAG[] = "radmill-grid ";
enum { COMMENT = 6, MOST_EXTENSION = 16 << 20 };

/* What the header says, in our terms. */
struct header {
    struct volume volume; /* grid, type, channels; no data */
    double slope, intercept;
    bool swapped;
    int64_t data_offset;
    int header_bytes;
    bool geometry_ok;
};

static bool pixel_of(int datatype, enum pixel_type *type)
{
    static const struct {
        int datatype;
        enum pixel_type type;
    } map[] = {{DT_UINT8, PIXEL_U8},   {DT_INT8, PIXEL_I8},    {DT_UINT16, PIXEL_U16},
               {DT_INT16, PIXEL_I16},  {DT_UINT32, PIXEL_U32}, {DT_INT32, PIXEL_I32},
               {DT_UINT64, PIXEL_U64}, {DT_INT64, PIXEL_I64},  {DT_FLOAT32, PIXEL_F32},
               {DT_FLOAT64, PIXEL_F64}};
    for (size_t i = 0; i < sizeof map / sizeof *map; i++) {
        if (map[i].datatype == datatype) {
            *type = map[i].type;
            return true;
        }
    }
    return false;
}

static int datatype_of(enum pixel_type type)
{
    static const int datatype[PIXEL_TYPES] = {
        [PIXEL_U8] = DT_UINT8,    [PIXEL_I8] = DT_INT8,    [PIXEL_U16] = DT_UINT16,
        [PIXEL_I16] = DT_INT16,   [PIXEL_U32] = DT_UINT32, [PIXEL_I32] = DT_INT32,
        [PIXEL_U64] = DT_UINT64,  [PIXEL_I64] = DT_INT64,  [PIXEL_F32] = DT_FLOAT32,
        [PIXEL_F64] = DT_FLOAT64,
    };
    return datatype[type];
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

static const nifti_dmat44 *chosen_matrix(const nifti_image *n)
{
    if (n->sform_code > 0 && (n->qform_code <= 0 || n->sform_code == NIFTI_XFORM_SCANNER_ANAT) &&
        orthonormal(&n->sto_xyz))
        return &n->sto_xyz;
    if (n->qform_code > 0)
        return &n->qto_xyz;
    return n->sform_code > 0 ? &n->sto_xyz : NULL;
}

static bool finite_grid(const struct grid *g)
{
    double sum = 0;
    for (int i = 0; i < 3; i++)
        sum += g->origin_mm[i] + g->spacing_mm[i];
    for (int i = 0; i < 9; i++)
        sum += g->direction[i];
    double index[3];
    return isfinite(sum) && grid_to_index(g, g->origin_mm, index);
}

static bool take_sizes(const nifti_image *n, const char *name, struct volume *v, struct err *e)
{
    int dims = (int)n->dim[0];
    if (dims < 1 || dims > 5)
        return err_set(e, ERR_REFUSED, "%s: %d dimensions", name, dims);
    for (int i = 1; i <= dims; i++)
        if (n->dim[i] < 1 || n->dim[i] > INT32_MAX)
            return err_set(e, ERR_REFUSED, "%s: size %lld along axis %d", name,
                           (long long)n->dim[i], i);
    if (dims >= 4 && n->dim[4] > 1)
        return err_set(e, ERR_REFUSED, "%s: a 4-D image (%lld volumes)", name,
                       (long long)n->dim[4]);
    v->grid = grid_unit();
    v->grid.dims = dims >= 3 ? 3 : 2;
    v->channels = dims == 5 ? (int)n->dim[5] : 1;
    for (int a = 0; a < 3 && a < dims; a++) {
        v->grid.size[a] = n->dim[a + 1];
        double spacing = (double)(float)n->pixdim[a + 1];
        v->grid.spacing_mm[a] = spacing < 0 ? -spacing : spacing;
        if (!(v->grid.spacing_mm[a] > 0) || !isfinite(spacing))
            return err_set(e, ERR_REFUSED, "%s: voxel spacing %g along axis %d", name, spacing,
                           a + 1);
    }
    if (v->grid.size[0] * v->grid.size[1] > INT64_MAX / v->grid.size[2] / 8 / v->channels)
        return err_set(e, ERR_REFUSED, "%s: too large", name);
    return true;
}

static bool take_header(const nifti_image *n, const char *name, struct header *h, struct err *e)
{
    if (!pixel_of(n->datatype, &h->volume.type))
        return err_set(e, ERR_REFUSED, "%s: NIfTI data type %d is not supported", name,
                       n->datatype);
    if (!take_sizes(n, name, &h->volume, e))
        return false;
    const nifti_dmat44 *m = chosen_matrix(n);
    if (m) {
        grid_from_matrix(m, &h->volume.grid);
    } else { /* no form at all: ITK turns the first two axes, as RAS identity would */
        double *d = h->volume.grid.direction;
        d[0] = d[4] = -1;
    }
    if (h->volume.grid.dims == 2) {
        double *d = h->volume.grid.direction;
        d[2] = d[5] = d[6] = d[7] = 0;
        d[8] = 1;
        h->volume.grid.origin_mm[2] = 0;
    }
    if (!finite_grid(&h->volume.grid))
        return err_set(e, ERR_REFUSED, "%s: the orientation in the header is singular", name);
    h->slope = n->scl_slope;
    h->intercept = n->scl_inter;
    if (h->slope == 0 || !isfinite(h->slope) || !isfinite(h->intercept)) {
        h->slope = 1;
        h->intercept = 0;
    }
    h->data_offset = n->iname_offset > h->header_bytes ? n->iname_offset : h->header_bytes;
    return true;
}

/* The first 540 bytes to a header; `got` of them are there. */
static bool parse_header(const unsigned char *bytes, size_t got, const char *name, struct header *h,
                         struct err *e)
{
    nifti_1_header one;
    nifti_2_header two;
    nifti_image *n = NULL;
    nifti_set_debug_level(0);
    *h = (struct header){0};
    int32_t size = 0;
    if (got >= sizeof size)
        memcpy(&size, bytes, sizeof size);
    int32_t turned = (int32_t)__builtin_bswap32((uint32_t)size);
    h->swapped = turned == (int32_t)sizeof one || turned == (int32_t)sizeof two;
    int32_t kind = h->swapped ? turned : size;
    if (kind == (int32_t)sizeof one && got >= sizeof one) {
        memcpy(&one, bytes, sizeof one);
        if (memcmp(one.magic, "n+1", 4) != 0)
            return err_set(e, ERR_REFUSED, "%s: not a single-file NIfTI", name);
        h->header_bytes = sizeof one;
        n = nifti_convert_n1hdr2nim(one, "x.nii");
    } else if (kind == (int32_t)sizeof two && got >= sizeof two) {
        memcpy(&two, bytes, sizeof two);
        if (memcmp(two.magic, "n+2", 4) != 0)
            return err_set(e, ERR_REFUSED, "%s: not a single-file NIfTI-2", name);
        h->header_bytes = sizeof two;
        n = nifti_convert_n2hdr2nim(two, "x.nii");
    } else {
        return err_set(e, ERR_REFUSED, "%s: not a NIfTI file", name);
    }
    if (!n)
        return err_set(e, ERR_REFUSED, "%s: broken NIfTI header", name);
    bool ok = take_header(n, name, h, e);
    nifti_image_free(n);
    return ok;
}

struct source {
    const char *name;
    int fd;
    bool is_stdin;
    struct gz_reader *stream;
    struct header header;
    size_t consumed; /* bytes of the (uncompressed) stream read so far */
    unsigned char head[sizeof(nifti_2_header)];
};

static void source_close(struct source *s)
{
    gz_close(s->stream);
    if (s->fd >= 0 && !s->is_stdin)
        close(s->fd);
}

static bool source_open(struct source *s, const char *path, struct err *e)
{
    *s = (struct source){.fd = -1};
    s->is_stdin = strcmp(path, "-") == 0;
    s->name = s->is_stdin ? "standard input" : path;
    s->fd = s->is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (s->fd < 0) {
        err_errno(e, "%s", path);
        if (e)
            e->code = ERR_REFUSED;
        return false;
    }
    s->stream = gz_open(s->fd, s->name, e);
    bool ok = s->stream && gz_read(s->stream, s->head, sizeof s->head, &s->consumed, e) &&
              parse_header(s->head, s->consumed, s->name, &s->header, e);
    if (!ok)
        source_close(s);
    return ok;
}

/* A claim in a header must not make us allocate what the file cannot hold: deflate expands at most
 * 1032 times. */
static bool plausible(const struct source *s, size_t bytes)
{
    struct stat info;
    if (fstat(s->fd, &info) != 0 || !S_ISREG(info.st_mode))
        return true;
    uint64_t most = (uint64_t)info.st_size * (gz_is_compressed(s->stream) ? 1032u : 1u);
    return bytes <= most && (uint64_t)s->header.data_offset <= most - bytes;
}

/* Reads exactly n bytes at the stream's position `at` (>= what was consumed, or inside the head).
 */
static bool read_at(struct source *s, size_t at, unsigned char *out, size_t n, struct err *e)
{
    size_t got;
    if (at < s->consumed) { /* only ever the tail of the head */
        size_t held = s->consumed - at < n ? s->consumed - at : n;
        memcpy(out, s->head + at, held);
        out += held, n -= held, at += held;
    }
    while (s->consumed < at) {
        unsigned char skipped[4096];
        size_t step = at - s->consumed < sizeof skipped ? at - s->consumed : sizeof skipped;
        if (!gz_read(s->stream, skipped, step, &got, e))
            return false;
        if (got < step)
            return err_set(e, ERR_REFUSED, "%s: ends before its voxels", s->name);
        s->consumed += step;
    }
    if (!gz_read(s->stream, out, n, &got, e))
        return false;
    s->consumed += got;
    return got == n ||
           err_set(e, ERR_REFUSED, "%s: %zu bytes of voxels are missing", s->name, n - got);
}

static void swap_bytes(unsigned char *data, size_t n, size_t size)
{
    for (size_t i = 0; i < n; i++, data += size) {
        for (size_t a = 0; a < size / 2; a++) {
            unsigned char t = data[a];
            data[a] = data[size - 1 - a];
            data[size - 1 - a] = t;
        }
    }
}

/* Slope and intercept applied: float32, or float64 for float64. */
static bool scale(struct volume *v, const struct header *h, struct err *e)
{
    if (h->slope == 1 && h->intercept == 0)
        return true;
    struct volume out;
    enum pixel_type type = v->type == PIXEL_F64 ? PIXEL_F64 : PIXEL_F32;
    int64_t n = grid_voxels(&v->grid);
    if (!volume_alloc(&out, &v->grid, type, e))
        return false;
    for (int64_t i = 0; i < n; i++) {
        double value = h->slope * volume_get(v, i) + h->intercept;
        if (type == PIXEL_F64)
            ((double *)out.data)[i] = value;
        else
            ((float *)out.data)[i] = (float)value;
    }
    volume_free(v);
    *v = out;
    return true;
}

/* NIfTI keeps one volume per component, we keep the components of a voxel together. */
static bool interleave(struct volume *v, struct err *e)
{
    if (v->channels == 1)
        return true;
    size_t n = (size_t)grid_voxels(&v->grid), channels = (size_t)v->channels;
    size_t size = pixel_size(v->type);
    char *out = mem_big(n * channels, size, e), *in = v->data;
    if (!out)
        return false;
    for (size_t c = 0; c < channels; c++)
        for (size_t i = 0; i < n; i++)
            memcpy(out + (i * channels + c) * size, in + (c * n + i) * size, size);
    mem_big_free(v->data);
    v->data = out;
    return true;
}

static bool map_voxels(struct source *s, size_t bytes, struct volume *v)
{
    const struct header *h = &s->header;
    size_t size = pixel_size(v->type);
    bool plain = !gz_is_compressed(s->stream) && !s->is_stdin && !h->swapped && v->channels == 1 &&
                 h->slope == 1 && h->intercept == 0 && (size_t)h->data_offset % size == 0;
    if (!plain)
        return false;
    size_t length = (size_t)h->data_offset + bytes;
    void *p = mmap(NULL, length, PROT_READ, MAP_PRIVATE, s->fd, 0);
    if (p == MAP_FAILED)
        return false;
    v->mapping = p;
    v->mapping_bytes = length;
    v->data = (char *)p + h->data_offset;
    return true;
}

static bool load_voxels(struct source *s, struct volume *out, struct err *e)
{
    const struct header *h = &s->header;
    *out = h->volume;
    size_t n = (size_t)grid_voxels(&out->grid) * (size_t)out->channels;
    size_t size = pixel_size(out->type), bytes = n * size;
    if (!plausible(s, bytes))
        return err_set(e, ERR_REFUSED, "%s: the header promises more voxels than the file holds",
                       s->name);
    if (map_voxels(s, bytes, out))
        return true;
    out->data = mem_big(n, size, e);
    if (!out->data)
        return err_wrap(e, "%s", s->name);
    if (!read_at(s, (size_t)h->data_offset, out->data, bytes, e))
        return false;
    if (h->swapped)
        swap_bytes(out->data, n, size);
    return interleave(out, e) && (out->channels > 1 || scale(out, h, e));
}

bool nii_read(const char *path, struct volume *out, struct err *e)
{
    struct source s;
    *out = (struct volume){0};
    if (!source_open(&s, path, e))
        return false;
    bool ok = load_voxels(&s, out, e);
    if (!ok)
        volume_free(out);
    source_close(&s);
    return ok;
}

bool nii_read_header(const char *path, struct volume *out, struct err *e)
{
    struct source s;
    if (!source_open(&s, path, e))
        return false;
    *out = s.header.volume;
    source_close(&s);
    return true;
}

bool nii_recognise(const char *path)
{
    struct source s;
    if (strcmp(path, "-") == 0)
        return true;
    if (!source_open(&s, path, NULL))
        return false;
    source_close(&s);
    return true;
}

static bool add_extensions(struct source *s, int code, struct str *text, struct err *e)
{
    size_t at = (size_t)s->header.header_bytes, end = (size_t)s->header.data_offset;
    unsigned char head[8];
    if (end < at + 4)
        return true;
    if (!read_at(s, at, head, 4, e))
        return false;
    if (!head[0])
        return true;
    for (at += 4; at + 8 <= end;) {
        int32_t size, kind;
        if (!read_at(s, at, head, 8, e))
            return false;
        if (s->header.swapped)
            swap_bytes(head, 2, 4);
        memcpy(&size, head, 4);
        memcpy(&kind, head + 4, 4);
        if (size < 8 || size > MOST_EXTENSION || (size_t)size > end - at)
            return err_set(e, ERR_REFUSED, "%s: broken header extension", s->name);
        char *body = mem_array((size_t)size, 1, e);
        bool ok = body && read_at(s, at + 8, (unsigned char *)body, (size_t)size - 8, e);
        if (ok && kind == code) {
            if (text->len)
                str_add_char(text, '\n');
            str_add(text, body);
        }
        free(body);
        if (!ok)
            return false;
        at += (size_t)size;
    }
    return true;
}

char *nii_extension_text(const char *path, int code, struct err *e)
{
    struct source s;
    struct str text = {0};
    if (!source_open(&s, path, e))
        return NULL;
    bool ok = add_extensions(&s, code, &text, e);
    source_close(&s);
    if (ok)
        return str_take(&text);
    str_free(&text);
    return NULL;
}

/* "radmill-grid sx sy sz ox oy oz d00 ... d22" to a grid of g's size. */
static bool parse_grid(const char *text, struct grid *g)
{
    const char *tag = strstr(text, GRID_TAG);
    if (!tag)
        return false;
    char *copy = mem_strdup(tag + strlen(GRID_TAG)), *save = NULL;
    double value[15];
    int n = 0;
    for (char *word = strtok_r(copy, " \n", &save); word && n < 15;
         word = strtok_r(NULL, " \n", &save))
        if (!num_parse_double(word, &value[n++]))
            break;
    free(copy);
    if (n != 15)
        return false;
    memcpy(g->spacing_mm, value, sizeof g->spacing_mm);
    memcpy(g->origin_mm, value + 3, sizeof g->origin_mm);
    memcpy(g->direction, value + 6, sizeof g->direction);
    return finite_grid(g);
}

bool nii_exact_grid(const char *path, struct grid *out, struct err *e)
{
    struct volume v;
    if (!nii_read_header(path, &v, e))
        return false;
    *out = v.grid;
    char *text = nii_extension_text(path, COMMENT, NULL);
    struct grid exact = v.grid;
    if (text && parse_grid(text, &exact) && grid_same(&exact, &v.grid, 1e-3))
        *out = exact;
    free(text);
    return true;
}

/* Extension: size (a multiple of 16), code, text padded with zeros. */
static void grid_extension(const struct grid *g, struct str *out)
{
    struct str text = {0};
    char number[NUM_TEXT];
    str_add(&text, GRID_TAG);
    for (int i = 0; i < 15; i++) {
        double value = i < 3 ? g->spacing_mm[i] : i < 6 ? g->origin_mm[i - 3] : g->direction[i - 6];
        str_addf(&text, "%s%s", i ? " " : "", num_format(value, number));
    }
    int32_t size = (int32_t)((text.len + 1 + 8 + 15) / 16 * 16), code = COMMENT;
    str_add_n(out, "\1\0\0\0", 4);
    str_add_n(out, (const char *)&size, 4);
    str_add_n(out, (const char *)&code, 4);
    str_add_n(out, text.text, text.len);
    for (size_t i = text.len + 8; i < (size_t)size; i++)
        str_add_char(out, '\0');
    str_free(&text);
}

static void fill_forms(const struct grid *g, nifti_1_header *h)
{
    nifti_dmat44 m = {0};
    for (int r = 0; r < 3; r++) {
        double flip = r < 2 ? -1 : 1;
        for (int c = 0; c < 3; c++)
            m.m[r][c] = flip * g->direction[3 * r + c] * g->spacing_mm[c] + 0.0;
        m.m[r][3] = flip * g->origin_mm[r] + 0.0;
    }
    m.m[3][3] = 1;
    double b, c, d, x, y, z, qfac;
    nifti_dmat44_to_quatern(m, &b, &c, &d, &x, &y, &z, NULL, NULL, NULL, &qfac);
    h->pixdim[0] = (float)qfac;
    h->quatern_b = (float)b, h->quatern_c = (float)c, h->quatern_d = (float)d;
    h->qoffset_x = (float)x, h->qoffset_y = (float)y, h->qoffset_z = (float)z;
    for (int i = 0; i < 4; i++) {
        h->srow_x[i] = (float)m.m[0][i];
        h->srow_y[i] = (float)m.m[1][i];
        h->srow_z[i] = (float)m.m[2][i];
    }
    h->qform_code = h->sform_code = NIFTI_XFORM_SCANNER_ANAT;
}

static bool fill_header(const struct volume *v, nifti_1_header *h, struct str *extension,
                        const char *path, struct err *e)
{
    memset(h, 0, sizeof *h);
    h->sizeof_hdr = sizeof *h;
    h->regular = 'r';
    h->dim[0] = (short)v->grid.dims;
    for (int a = 0; a < 7; a++) {
        int64_t size = a < 3 ? v->grid.size[a] : 1;
        if (size > INT16_MAX)
            return err_set(e, ERR_REFUSED,
                           "writing %s: %lld voxels along an axis: NIfTI-1 holds "
                           "32767",
                           path, (long long)size);
        h->dim[a + 1] = (short)size;
        h->pixdim[a + 1] = a < 3 ? (float)v->grid.spacing_mm[a] : 1;
    }
    h->datatype = (short)datatype_of(v->type);
    h->bitpix = (short)(8 * pixel_size(v->type));
    h->scl_slope = 1;
    h->xyzt_units = NIFTI_UNITS_MM;
    memcpy(h->magic, "n+1", 4);
    fill_forms(&v->grid, h);
    grid_extension(&v->grid, extension);
    h->vox_offset = (float)(sizeof *h + extension->len);
    return true;
}

bool nii_write(const char *path, const struct volume *v, bool keep_equal, struct err *e)
{
    nifti_1_header header;
    struct str extension = {0};
    struct out_file out;
    size_t bytes = (size_t)grid_voxels(&v->grid) * pixel_size(v->type);
    bool ok = v->channels == 1 || err_set(e, ERR_FAILED, "writing %s: a vector image", path);
    ok = ok && fill_header(v, &header, &extension, path, e);
    if (!ok || !out_open(&out, path, keep_equal, true, e)) {
        str_free(&extension);
        return false;
    }
    const struct gz_part part[] = {
        {&header, sizeof header}, {extension.text, extension.len}, {v->data, bytes}};
    if (str_ends_with(path, ".gz"))
        ok = gz_write(out.file, part, 3, e);
    else
        for (int i = 0; ok && i < 3; i++)
            ok = fwrite(part[i].data, 1, part[i].bytes, out.file) == part[i].bytes ||
                 err_errno(e, "writing %s", path);
    str_free(&extension);
    if (!ok) {
        out_abort(&out);
        return false;
    }
    return out_commit(&out, e);
}
