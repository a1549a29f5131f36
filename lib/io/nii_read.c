#include "io/nii_private.h"

#include "base/mem.h"
#include "base/num.h"
#include "base/str.h"
#include "io/voxels.h"
#include "shim/gz.h"

#include <fcntl.h>
#include <nifti2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_EXTENSION = 16 << 20 };

struct source {
    const char *name;
    int fd;
    bool is_stdin;
    struct gz_reader *stream;
    struct nii_header header;
    size_t consumed; /* bytes of the (uncompressed) stream read so far */
    unsigned char head[sizeof(nifti_2_header)];
};

static void source_close(struct source *s)
{
    gz_close(s->stream);
    if (s->fd >= 0 && !s->is_stdin)
        close(s->fd);
    s->stream = NULL;
    s->fd = -1;
}

/* Opens `file`, which is the source itself or one of its pair. */
static bool stream_open(struct source *s, const char *file, struct err *e)
{
    s->consumed = 0;
    s->fd = s->is_stdin ? STDIN_FILENO : open(file, O_RDONLY | O_CLOEXEC);
    if (s->fd < 0)
        return err_input(e, "%s", file);
    s->stream = gz_open(s->fd, s->name, GZ_ANY, e);
    return s->stream != NULL;
}

static bool read_head(struct source *s, const char *path, struct err *e)
{
    *s = (struct source){.fd = -1};
    s->is_stdin = strcmp(path, "-") == 0;
    s->name = s->is_stdin ? "standard input" : path;
    char *file = nii_pair_header(path);
    bool ok =
        stream_open(s, file, e) && gz_read(s->stream, s->head, sizeof s->head, &s->consumed, e);
    free(file);
    if (!ok)
        source_close(s);
    return ok;
}

static bool source_open(struct source *s, const char *path, struct err *e)
{
    if (!read_head(s, path, e))
        return false;
    bool ok = nii_header_parse(s->head, s->consumed, s->name, &s->header, e);
    if (!ok)
        source_close(s);
    return ok;
}

/* From the header of a pair to its voxels. */
static bool turn_to_voxels(struct source *s, struct err *e)
{
    if (!s->header.pair)
        return true;
    char *file = nii_pair_voxels(s->name);
    source_close(s);
    bool ok = file ? stream_open(s, file, e)
                   : err_set(e, ERR_REFUSED, "%s: its voxels (.img) are not beside it", s->name);
    free(file);
    return ok;
}

/* A claim in a header must not make us allocate what the file cannot hold: deflate expands at most
 * 1032 times. */
static bool check_length(const struct source *s, struct err *e)
{
    const struct volume *v = &s->header.volume;
    uint64_t bytes = (uint64_t)grid_voxels(&v->grid) * (uint64_t)v->channels * pixel_size(v->type);
    struct stat info;
    if (fstat(s->fd, &info) != 0 || !S_ISREG(info.st_mode))
        return true;
    uint64_t most = (uint64_t)info.st_size * (gz_is_compressed(s->stream) ? 1032u : 1u);
    return (bytes <= most && (uint64_t)s->header.data_offset <= most - bytes) ||
           err_set(e, ERR_REFUSED, "%s: the header promises more voxels than the file holds",
                   s->name);
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

/* Slope and intercept applied: float32, or float64 for float64. */
static bool scale(struct volume *v, const struct nii_header *h, struct err *e)
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
    const struct nii_header *h = &s->header;
    size_t size = pixel_size(v->type);
    bool plain = !gz_is_compressed(s->stream) && !s->is_stdin && !h->swapped && v->channels == 1 &&
                 h->slope == 1 && h->intercept == 0 && (size_t)h->data_offset % size == 0;
    if (!plain)
        return false;
    size_t length = (size_t)h->data_offset + bytes;
    /* private mapping: setting voxels to zero must not change the file */
    void *p = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE, s->fd, 0);
    if (p == MAP_FAILED)
        return false;
    v->mapping = p;
    v->mapping_bytes = length;
    v->data = (char *)p + h->data_offset;
    return true;
}

static bool load_voxels(struct source *s, struct volume *out, struct err *e)
{
    const struct nii_header *h = &s->header;
    *out = h->volume;
    size_t n = (size_t)grid_voxels(&out->grid) * (size_t)out->channels;
    size_t size = pixel_size(out->type), bytes = n * size;
    if (!check_length(s, e))
        return false;
    if (map_voxels(s, bytes, out)) {
        nii_zero_non_finite(out, n);
        return true;
    }
    out->data = mem_big(n, size, e);
    if (!out->data)
        return err_wrap(e, "%s", s->name);
    if (!read_at(s, (size_t)h->data_offset, out->data, bytes, e) || !gz_finish(s->stream, e))
        return false;
    if (h->swapped)
        voxels_swap(out->data, n, size);
    nii_zero_non_finite(out, n);
    return (h->side_by_side || interleave(out, e)) && (out->channels > 1 || scale(out, h, e));
}

bool nii_read(const char *path, struct volume *out, struct err *e)
{
    struct source s;
    *out = (struct volume){0};
    if (!source_open(&s, path, e))
        return false;
    bool ok = turn_to_voxels(&s, e) && load_voxels(&s, out, e);
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
    bool ok = turn_to_voxels(&s, e) && check_length(&s, e);
    *out = s.header.volume;
    source_close(&s);
    return ok;
}

bool nii_recognise(const char *path)
{
    struct source s;
    if (strcmp(path, "-") == 0)
        return true;
    if (!read_head(&s, path, NULL)) /* the reader's own error says why */
        return str_ends_with(path, ".nii") || str_ends_with(path, ".nii.gz");
    bool known = nii_header_recognise(s.head, s.consumed, s.name, &s.header);
    source_close(&s);
    return known;
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
            voxels_swap(head, 2, 4);
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
    const char *tag = strstr(text, NII_GRID_TAG);
    if (!tag)
        return false;
    char *copy = mem_strdup(tag + sizeof NII_GRID_TAG - 1), *save = NULL;
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
    return grid_settle(g, NULL);
}

bool nii_exact_grid(const char *path, struct grid *out, struct err *e)
{
    struct volume v;
    if (!nii_read_header(path, &v, e))
        return false;
    *out = v.grid;
    char *text = nii_extension_text(path, NII_COMMENT, NULL);
    struct grid exact = v.grid;
    if (text && parse_grid(text, &exact) && grid_same(&exact, &v.grid, 1e-3))
        *out = exact;
    free(text);
    return true;
}
