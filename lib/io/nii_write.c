#include "io/nii_private.h"

#include "base/mem.h"
#include "base/num.h"
#include "base/str.h"
#include "io/atomic.h"
#include "shim/gz.h"

#include <fcntl.h>
#include <nifti2_io.h>
#include <stdlib.h>
#include <string.h>

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

/* Extension: size (a multiple of 16), code, text padded with zeros. */
static void grid_extension(const struct grid *g, struct str *out)
{
    struct str text = {0};
    char number[NUM_TEXT];
    str_add(&text, NII_GRID_TAG);
    for (int i = 0; i < 15; i++) {
        double value = i < 3 ? g->spacing_mm[i] : i < 6 ? g->origin_mm[i - 3] : g->direction[i - 6];
        str_addf(&text, "%s%s", i ? " " : "", num_format(value, number));
    }
    int32_t size = (int32_t)((text.len + 1 + 8 + 15) / 16 * 16), code = NII_COMMENT;
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

/* Makes the header and opens the output; nothing is written yet. */
static bool begin(struct out_file *out, const char *path, const struct volume *v,
                  nifti_1_header *header, struct str *extension, bool keep_equal, struct err *e)
{
    return fill_header(v, header, extension, path, e) && out_open(out, path, keep_equal, true, e);
}

static bool put(struct out_file *out, const char *path, const void *data, size_t bytes,
                struct err *e)
{
    return fwrite(data, 1, bytes, out->file) == bytes || err_errno(e, "writing %s", path);
}

bool nii_write(const char *path, const struct volume *v, bool keep_equal, struct err *e)
{
    nifti_1_header header;
    struct str extension = {0};
    struct out_file out;
    size_t bytes = (size_t)grid_voxels(&v->grid) * pixel_size(v->type);
    bool ok = v->channels == 1 || err_set(e, ERR_FAILED, "writing %s: a vector image", path);
    if (!ok || !begin(&out, path, v, &header, &extension, keep_equal, e)) {
        str_free(&extension);
        return false;
    }
    const struct gz_part part[] = {
        {&header, sizeof header}, {extension.text, extension.len}, {v->data, bytes}};
    if (str_ends_with(path, ".gz"))
        ok = gz_write(out.file, part, 3, e);
    else
        for (int i = 0; ok && i < 3; i++)
            ok = put(&out, path, part[i].data, part[i].bytes, e);
    str_free(&extension);
    if (!ok) {
        out_abort(&out);
        return false;
    }
    return out_commit(&out, e);
}

/* The file system finds room for the whole file at once: writing then costs two thirds. Where it
 * cannot, writing shows what is wrong. */
static void reserve(const struct nii_stream *s, size_t voxel_bytes)
{
    if (s->out.temp)
        fallocate(fileno(s->out.file), 0, 0, (off_t)(s->start + voxel_bytes));
}

bool nii_stream_open(struct nii_stream *s, const char *path, const struct grid *g,
                     enum pixel_type type, bool keep_equal, struct err *e)
{
    nifti_1_header header;
    struct str extension = {0};
    const struct volume v = {.grid = *g, .type = type, .channels = 1};
    *s = (struct nii_stream){0};
    bool ok = begin(&s->out, path, &v, &header, &extension, keep_equal, e);
    if (ok) {
        s->name = mem_strdup(path);
        s->start = sizeof header + extension.len;
        reserve(s, (size_t)grid_voxels(g) * pixel_size(type));
        ok = nii_stream_put(s, &header, sizeof header, e) &&
             nii_stream_put(s, extension.text, extension.len, e);
        if (!ok)
            nii_stream_abort(s);
    }
    str_free(&extension);
    return ok;
}

/* The disk begins to write while the next planes are made, so that the flush at the end finds
 * little left to do. Only advice: what it returns does not matter, and what the C library still
 * holds (less than a page, so that it goes on writing whole ones) comes later. */
static void begin_writing(struct nii_stream *s)
{
    enum { PIECE = 4 << 20 };
    const int64_t pages = s->written / NII_STREAM_PAGE * NII_STREAM_PAGE;
    if (pages - s->handed < PIECE || !s->out.path)
        return;
    sync_file_range(fileno(s->out.file), s->handed, pages - s->handed, SYNC_FILE_RANGE_WRITE);
    s->handed = pages;
}

void *nii_stream_place(const struct nii_stream *s, char *buffer, size_t at)
{
    const size_t page = NII_STREAM_PAGE, wanted = (s->start + at) % page;
    return buffer + (wanted + page - (uintptr_t)buffer % page) % page;
}

bool nii_stream_put(struct nii_stream *s, const void *voxels, size_t bytes, struct err *e)
{
    if (!put(&s->out, s->name, voxels, bytes, e))
        return false;
    s->written += (int64_t)bytes;
    begin_writing(s);
    return true;
}

bool nii_stream_commit(struct nii_stream *s, struct err *e)
{
    free(s->name);
    s->name = NULL;
    return out_commit(&s->out, e);
}

void nii_stream_abort(struct nii_stream *s)
{
    free(s->name);
    s->name = NULL;
    out_abort(&s->out);
}
