#include "io/voxels.h"

#include "base/mem.h"
#include "io/voxel_text.h"
#include "shim/gz.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_RATIO = 1032, CHUNK = 65536 };

/* A file that is open, and where its data begin. */
struct part {
    const char *name;
    int fd;
    int64_t size, at;
};

static bool part_open(struct part *p, const char *name, int64_t offset, struct err *e)
{
    struct stat info;
    *p = (struct part){.name = name, .fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
    if (p->fd < 0) {
        err_errno(e, "%s", name);
        if (e)
            e->code = ERR_REFUSED;
        return false;
    }
    if (fstat(p->fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        close(p->fd);
        return err_set(e, ERR_REFUSED, "%s: not a regular file", name);
    }
    p->size = info.st_size;
    p->at = offset;
    return true;
}

static bool cut_off(const struct part *p, struct err *e)
{
    return err_set(e, ERR_REFUSED, "%s: ends before its voxels", p->name);
}

static bool skip_lines(struct part *p, int64_t lines, struct err *e)
{
    char piece[4096];
    while (lines > 0) {
        ssize_t n = pread(p->fd, piece, sizeof piece, p->at);
        if (n <= 0)
            return cut_off(p, e);
        for (ssize_t i = 0; i < n && lines > 0; i++, p->at++)
            lines -= piece[i] == '\n';
    }
    return true;
}

/* For data that are the last bytes of a compressed stream: how many bytes come before them. */
static bool count_stream(const struct part *p, enum gz_kind kind, int64_t *total, struct err *e)
{
    struct gz_reader *in = gz_open(p->fd, p->name, kind, e);
    char *piece = in ? mem_array(CHUNK, 1, e) : NULL;
    size_t got = 1;
    *total = 0;
    bool ok = piece != NULL;
    while (ok && got > 0) {
        ok = gz_read(in, piece, CHUNK, &got, e);
        *total += (int64_t)got;
    }
    free(piece);
    gz_close(in);
    return ok;
}

static bool skip_bytes(struct gz_reader *in, const struct part *p, int64_t n, struct err *e)
{
    char piece[4096];
    size_t got = 1;
    for (; n > 0 && got > 0; n -= (int64_t)got)
        if (!gz_read(in, piece, n < (int64_t)sizeof piece ? (size_t)n : sizeof piece, &got, e))
            return false;
    return n == 0 || cut_off(p, e);
}

/* How many bytes go before the data; byte_skip counts from the end where it is negative. */
static bool find_skip(const struct voxel_data *d, const struct part *p, enum gz_kind kind,
                      int64_t bytes, int64_t *skip, struct err *e)
{
    int64_t total = p->size - p->at;
    *skip = d->byte_skip;
    if (d->byte_skip >= 0)
        return true;
    if (kind != GZ_PLAIN &&
        (lseek(p->fd, p->at, SEEK_SET) < 0 || !count_stream(p, kind, &total, e)))
        return false;
    *skip = total - bytes + d->byte_skip + 1;
    return *skip >= 0 || cut_off(p, e);
}

static bool read_stream(const struct voxel_data *d, const struct part *p, enum gz_kind kind,
                        int64_t bytes, void *out, struct err *e)
{
    int64_t skip;
    size_t got = 0;
    if (!find_skip(d, p, kind, bytes, &skip, e))
        return false;
    bool seeks = kind == GZ_PLAIN;
    if (seeks && skip > p->size - p->at)
        return cut_off(p, e);
    if (lseek(p->fd, p->at + (seeks ? skip : 0), SEEK_SET) < 0)
        return err_errno(e, "%s", p->name);
    struct gz_reader *in = gz_open(p->fd, p->name, kind, e);
    bool ok =
        in && (seeks || skip_bytes(in, p, skip, e)) && gz_read(in, out, (size_t)bytes, &got, e);
    if (ok && got < (size_t)bytes)
        ok = err_set(e, ERR_REFUSED, "%s: %zu bytes of voxels are missing", p->name,
                     (size_t)bytes - got);
    ok = ok && gz_finish(in, e);
    gz_close(in);
    return ok;
}

/* The rest of the file as text, then its numbers. */
static bool read_text(const struct voxel_data *d, const struct part *p, enum pixel_type type,
                      int64_t n, void *out, struct err *e)
{
    int64_t skip, room = p->size - p->at;
    if (!find_skip(d, p, GZ_PLAIN, room, &skip, e) || skip > room)
        return cut_off(p, e);
    char *text = mem_array((size_t)(room - skip) + 1, 1, e);
    if (!text)
        return false;
    ssize_t got = pread(p->fd, text, (size_t)(room - skip), p->at + skip);
    text[got > 0 ? got : 0] = '\0';
    bool ok = d->encoding == VOXELS_HEX ? voxel_text_hex(text, (size_t)n * pixel_size(type), out, e)
                                        : voxel_text_numbers(text, d->separators, type, n, out, e);
    free(text);
    return ok || err_wrap(e, "%s", p->name);
}

static bool read_part(const struct voxel_data *d, struct part *p, enum pixel_type type, int64_t n,
                      void *out, struct err *e)
{
    static const enum gz_kind kind[] = {
        [VOXELS_RAW] = GZ_PLAIN, [VOXELS_GZIP] = GZ_ANY, [VOXELS_DEFLATED] = GZ_DEFLATED};
    if (!skip_lines(p, d->line_skip, e))
        return false;
    if (d->compressed_bytes > p->size - p->at)
        return err_set(e, ERR_REFUSED, "%s: its voxels take %lld bytes, but it holds %lld", p->name,
                       (long long)d->compressed_bytes, (long long)(p->size - p->at));
    if (d->encoding == VOXELS_TEXT || d->encoding == VOXELS_HEX)
        return read_text(d, p, type, n, out, e);
    return read_stream(d, p, kind[d->encoding], n * (int64_t)pixel_size(type), out, e);
}

void voxels_swap(void *data, size_t n, size_t size)
{
    unsigned char *p = data;
    for (size_t i = 0; size > 1 && i < n; i++, p += size) {
        for (size_t a = 0; a < size / 2; a++) {
            unsigned char t = p[a];
            p[a] = p[size - 1 - a];
            p[size - 1 - a] = t;
        }
    }
}

/* Bytes behind the headers of all files. */
static bool count_bytes(const struct voxel_data *d, int64_t *bytes, struct err *e)
{
    *bytes = 0;
    for (size_t i = 0; i < d->file.n; i++) {
        struct part p;
        if (!part_open(&p, d->file.item[i], d->offset, e))
            return false;
        close(p.fd);
        *bytes += p.size > p.at ? p.size - p.at : 0;
    }
    return true;
}

bool voxels_plausible(const struct voxel_data *d, enum pixel_type type, int64_t n, struct err *e)
{
    const double need = (double)n * (double)pixel_size(type);
    const double most[] = {[VOXELS_RAW] = 1,
                           [VOXELS_GZIP] = MOST_RATIO,
                           [VOXELS_DEFLATED] = MOST_RATIO,
                           [VOXELS_TEXT] = (double)pixel_size(type) / 2,
                           [VOXELS_HEX] = 0.5};
    int64_t bytes;
    if (!count_bytes(d, &bytes, e))
        return false;
    if (d->encoding == VOXELS_RAW && need > (double)bytes)
        return err_set(e, ERR_REFUSED, "its voxels take %.0f bytes, but it holds %lld", need,
                       (long long)bytes);
    return need <= ((double)bytes + 1) * most[d->encoding] ||
           err_set(e, ERR_REFUSED, "the header promises more voxels than the file holds");
}

bool voxels_read(const struct voxel_data *d, enum pixel_type type, int64_t n, void *out,
                 struct err *e)
{
    int64_t share = d->file.n ? n / (int64_t)d->file.n : 0;
    if (share * (int64_t)d->file.n != n)
        return err_set(e, ERR_REFUSED, "%zu data files cannot share %lld numbers", d->file.n,
                       (long long)n);
    for (size_t i = 0; i < d->file.n; i++) {
        struct part p;
        if (!part_open(&p, d->file.item[i], d->offset, e))
            return false;
        bool ok =
            read_part(d, &p, type, share, (char *)out + (size_t)share * i * pixel_size(type), e);
        close(p.fd);
        if (!ok)
            return false;
    }
    if (d->swapped && d->encoding != VOXELS_TEXT)
        voxels_swap(out, (size_t)n, pixel_size(type));
    return true;
}

void voxel_data_free(struct voxel_data *d)
{
    str_list_free(&d->file);
}
