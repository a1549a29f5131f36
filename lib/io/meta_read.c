/* From a MetaImage to a volume. */
#include "base/mem.h"
#include "io/meta_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_HEADER = 1 << 20 };

bool meta_recognise(const char *path)
{
    return str_ends_with(path, ".mha") || str_ends_with(path, ".mhd");
}

/* Does this line name the data? */
static bool is_last(const char *line)
{
    static const char key[] = "ElementDataFile";
    line += strspn(line, " \t");
    return str_starts_with(line, key) && strpbrk(line, "=:") != NULL;
}

/* Up to the line that names the data; with a LIST, to the end. */
static bool read_text(FILE *file, struct str *text, struct err *e)
{
    size_t line = 0;
    bool listing = false;
    for (int c; (c = getc_unlocked(file)) != EOF;) {
        if (text->len == MOST_HEADER || !c)
            return err_set(e, ERR_REFUSED, "not a MetaImage: no ElementDataFile");
        str_add_char(text, (char)c);
        if (c != '\n' || listing)
            continue;
        if (is_last(text->text + line)) {
            if (!strstr(text->text + line, "LIST"))
                return true;
            listing = true;
        }
        line = text->len;
    }
    return listing || (text->len > 0 && is_last(text->text + line)) ||
           err_set(e, ERR_REFUSED, "not a MetaImage: no ElementDataFile");
}

/* Reads the header twice, once as ITK does, which skips the line after one without a key, and once
 * as it is written: the results must be equal. */
static bool read_fields(const char *text, struct meta_header *h, struct err *e)
{
    struct meta_header hidden;
    bool hid, ignored;
    if (!meta_fields(text, false, h, &hid, e))
        return false;
    if (!hid)
        return true;
    bool same = meta_fields(text, true, &hidden, &ignored, NULL) &&
                memcmp(&h->grid, &hidden.grid, sizeof h->grid) == 0 && h->type == hidden.type &&
                h->channels == hidden.channels && h->header_bytes == hidden.header_bytes &&
                h->compressed == hidden.compressed && h->data.swapped == hidden.data.swapped &&
                h->local == hidden.local && h->data.file.n == hidden.data.file.n;
    voxel_data_free(&hidden.data);
    return same || err_set(e, ERR_REFUSED,
                           "a line of the MetaImage header is no \"Key = Value\": other readers "
                           "pass over the line after it");
}

static bool find_data(const char *path, int64_t header_bytes, struct meta_header *h, struct err *e)
{
    struct voxel_data *d = &h->data;
    d->encoding = h->compressed ? VOXELS_DEFLATED : VOXELS_RAW;
    d->compressed_bytes = h->compressed ? d->compressed_bytes : 0;
    d->byte_skip = h->header_bytes < 0 ? -1 : 0;
    if (h->compressed && (h->header_bytes < 0 || d->file.n > 1))
        return err_set(e, ERR_REFUSED, "compressed data in several files, or with HeaderSize -1");
    if (h->local && h->header_bytes > 0)
        return err_set(e, ERR_REFUSED, "a HeaderSize, but the data lie in the same file");
    d->offset = h->local ? header_bytes : h->header_bytes > 0 ? h->header_bytes : 0;
    if (h->local)
        str_list_add(&d->file, path);
    else
        voxel_files_beside(&d->file, path);
    return d->file.n == 1 || (int64_t)d->file.n == h->grid.size[h->grid.dims - 1] ||
           err_set(e, ERR_REFUSED, "%zu data files for %lld slices", d->file.n,
                   (long long)h->grid.size[h->grid.dims - 1]);
}

static bool read_volume(const char *path, FILE *file, struct meta_header *h, struct volume *out,
                        struct err *e)
{
    int64_t n;
    if (!grid_settle(&h->grid, e) || !find_data(path, ftell(file), h, e))
        return false;
    *out = (struct volume){.grid = h->grid, .type = h->type, .channels = (int)h->channels};
    if (__builtin_mul_overflow(grid_voxels(&h->grid), h->channels, &n) || n > INT64_MAX / 8)
        return err_set(e, ERR_REFUSED, "more voxels than can be counted");
    return voxels_plausible(&h->data, h->type, n, e) &&
           (out->data = mem_big((size_t)n, pixel_size(h->type), e)) != NULL &&
           voxels_read(&h->data, h->type, n, out->data, e);
}

static bool read_file(const char *path, FILE *file, struct volume *out, struct err *e)
{
    struct str text = {0};
    struct meta_header h = {0};
    bool ok = read_text(file, &text, e) && read_fields(text.text, &h, e) &&
              read_volume(path, file, &h, out, e);
    voxel_data_free(&h.data);
    str_free(&text);
    return ok;
}

bool meta_read(const char *path, struct volume *out, struct err *e)
{
    *out = (struct volume){0};
    FILE *file = fopen(path, "rbe");
    if (!file) {
        err_errno(e, "%s", path);
        return false;
    }
    bool ok = read_file(path, file, out, e);
    fclose(file);
    if (ok)
        return true;
    volume_free(out);
    return e && str_starts_with(e->text, path) ? false : err_wrap(e, "%s", path);
}
