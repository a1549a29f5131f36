/* From an NRRD file to a volume. */
#include "base/mem.h"
#include "io/nrrd_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_HEADER = 4 << 20 };

bool nrrd_recognise(const char *path)
{
    char magic[4] = "";
    FILE *file = fopen(path, "rbe");
    bool yes = file && fread(magic, 1, 4, file) == 4 && memcmp(magic, "NRRD", 4) == 0;
    if (file)
        fclose(file);
    return yes;
}

/* Up to the empty line that ends a header, or the file's end; *bytes with that line. What is wrong
 * with it, or NULL: a line of a hostile file may be as long as the file. */
static const char *read_header(FILE *file, struct str *text, int64_t *bytes)
{
    size_t line = 0;
    for (int c; (c = getc_unlocked(file)) != EOF;) {
        ++*bytes;
        if (line == 0 && c == '\n')
            return NULL;
        if (line == 0 && c == '\r') {
            c = getc_unlocked(file);
            *bytes += c == '\n';
            return NULL;
        }
        if (!c)
            return "a zero byte in its header";
        if (text->len == MOST_HEADER)
            return "a header of more than 4 MB";
        line = c == '\n' ? 0 : line + 1;
        str_add_char(text, (char)c);
    }
    return NULL;
}

static bool is_magic(const char *text)
{
    static const char *const magic[] = {"NRRD00.01", "NRRD0001", "NRRD0002",
                                        "NRRD0003",  "NRRD0004", "NRRD0005"};
    size_t length = strcspn(text, "\r\n");
    for (size_t i = 0; i < sizeof magic / sizeof *magic; i++)
        if (length == strlen(magic[i]) && memcmp(text, magic[i], length) == 0)
            return true;
    return false;
}

/* The text, "" when it is no NRRD at all; NULL: *e. */
static char *header_text(const char *path, int64_t *bytes, struct err *e)
{
    struct str text = {0};
    *bytes = 0;
    FILE *file = fopen(path, "rbe");
    if (!file) {
        err_errno(e, "reading %s", path);
        return NULL;
    }
    const char *wrong = read_header(file, &text, bytes);
    bool broken = ferror(file);
    fclose(file);
    if (strncmp(str_text(&text), "NRRD", 4) != 0) {
        wrong = NULL;
        str_free(&text);
    }
    if (!broken && !wrong)
        return text.text ? str_take(&text) : mem_strdup("");
    str_free(&text);
    if (broken)
        err_set(e, ERR_FAILED, "reading %s", path);
    else
        err_set(e, ERR_REFUSED, "%s: %s", path, wrong);
    return NULL;
}

char *nrrd_header_text(const char *path, struct err *e)
{
    int64_t bytes;
    return header_text(path, &bytes, e);
}

/* The data files: the header's own, or those it names. */
static bool find_data(const char *path, int64_t header_bytes, struct nrrd_header *h, struct err *e)
{
    int64_t share = 1;
    int own = h->file_axes ? h->file_axes : h->axes - 1;
    h->data.swapped = h->endian == 2;
    if (!h->detached) {
        str_list_add(&h->data.file, path);
        h->data.offset = header_bytes;
        return true;
    }
    if (h->data.file.n == 0)
        return err_set(e, ERR_REFUSED, "a LIST without names of data files");
    voxel_files_beside(&h->data.file, path);
    for (int a = own; a < h->axes; a++)
        if (__builtin_mul_overflow(share, h->axis[a].size, &share))
            return err_set(e, ERR_REFUSED, "more voxels than can be counted");
    return h->data.file.n == 1 || (int64_t)h->data.file.n == share ||
           err_set(e, ERR_REFUSED, "%zu data files for %lld slices", h->data.file.n,
                   (long long)share);
}

/* Components together, where their axis is not the first: [behind][parts][before] becomes
 * [behind][before][parts]. */
static bool interleave(struct volume *v, const struct nrrd_header *h, int at, struct err *e)
{
    size_t size = pixel_size(v->type), before = 1, parts = (size_t)v->channels;
    size_t n = (size_t)grid_voxels(&v->grid) * parts;
    if (at <= 0 || parts == 1)
        return true;
    for (int a = 0; a < at; a++)
        before *= (size_t)h->axis[a].size;
    char *out = mem_big(n, size, e), *in = v->data;
    if (!out)
        return false;
    for (size_t block = 0; block < n; block += parts * before)
        for (size_t c = 0; c < parts; c++)
            for (size_t i = 0; i < before; i++)
                memcpy(out + (block + i * parts + c) * size, in + (block + c * before + i) * size,
                       size);
    mem_big_free(v->data);
    v->data = out;
    return true;
}

static bool read_voxels(const struct nrrd_header *h, struct volume *v, int at, struct err *e)
{
    int64_t n;
    if (__builtin_mul_overflow(grid_voxels(&v->grid), (int64_t)v->channels, &n) ||
        n > INT64_MAX / 8)
        return err_set(e, ERR_REFUSED, "more voxels than can be counted");
    if (!voxels_plausible(&h->data, v->type, n, e) ||
        !(v->data = mem_big((size_t)n, pixel_size(v->type), e)))
        return false;
    return voxels_read(&h->data, v->type, n, v->data, e) && interleave(v, h, at, e);
}

static bool read_parts(const char *path, const char *text, int64_t bytes, struct volume *out,
                       struct err *e)
{
    struct nrrd_header h;
    int at;
    if (!is_magic(text))
        return err_set(e, ERR_REFUSED, "not an NRRD file of version 1 to 5");
    bool ok = nrrd_fields(text, &h, e) && nrrd_place(&h, &out->grid, &out->channels, &at, e) &&
              find_data(path, bytes, &h, e);
    out->type = h.type;
    ok = ok && read_voxels(&h, out, at, e);
    voxel_data_free(&h.data);
    return ok;
}

bool nrrd_read(const char *path, struct volume *out, struct err *e)
{
    int64_t bytes;
    *out = (struct volume){.grid = grid_unit(), .channels = 1};
    char *text = header_text(path, &bytes, e);
    if (!text)
        return false;
    bool ok = read_parts(path, text, bytes, out, e);
    free(text);
    if (ok)
        return true;
    volume_free(out);
    return e && str_starts_with(e->text, path) ? false : err_wrap(e, "%s", path);
}
