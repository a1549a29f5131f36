#include "shim/gz.h"

#include "base/mem.h"

#include <errno.h>
#include <isa-l/igzip_lib.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 64 << 10, LEVEL = 1 };

/* isa-l leaves values in the upper halves of the vector registers; as long as they are there, code
 * for plain x86-64 that runs in this thread is slower by up to two thirds. */
#if defined(__x86_64__)
__attribute__((target("avx"))) static void clear_upper_avx(void)
{
    __builtin_ia32_vzeroupper();
}

static void clear_upper(void)
{
    if (__builtin_cpu_supports("avx"))
        clear_upper_avx();
}
#else
static void clear_upper(void)
{
}
#endif

static bool deflate_part(struct isal_zstream *z, const struct gz_part *part, bool last,
                         unsigned char *buffer, FILE *out, struct err *e)
{
    const unsigned char *from = part->data;
    size_t left = part->bytes;
    do {
        /* avail_in has 32 bits */
        size_t step = left > (1u << 30) ? 1u << 30 : left;
        z->next_in = (unsigned char *)from;
        z->avail_in = (uint32_t)step;
        z->end_of_stream = last && step == left;
        from += step, left -= step;
        do {
            z->next_out = buffer;
            z->avail_out = CHUNK;
            if (isal_deflate(z) != COMP_OK)
                return err_set(e, ERR_FAILED, "compression failed");
            size_t n = CHUNK - z->avail_out;
            if (fwrite(buffer, 1, n, out) != n)
                return err_errno(e, "writing");
        } while (z->avail_out == 0 || z->avail_in > 0);
    } while (left);
    return true;
}

/* The buffers (about 350 KB) are on the stack: for a hundred small maps, taking them from the
 * system and giving them back would cost more than compressing. */
bool gz_write(FILE *out, const struct gz_part *part, int n, struct err *e)
{
    struct isal_zstream z;
    unsigned char buffer[CHUNK], level[ISAL_DEF_LVL1_DEFAULT];
    bool ok = true;
    memset(level, 0, sizeof level);
    isal_deflate_init(&z);
    z.level = LEVEL;
    z.level_buf = level;
    z.level_buf_size = ISAL_DEF_LVL1_DEFAULT;
    z.gzip_flag = IGZIP_GZIP;
    for (int i = 0; ok && i < n; i++)
        ok = deflate_part(&z, &part[i], i + 1 == n, buffer, out, e);
    clear_upper();
    return ok;
}

struct gz_reader {
    int fd;
    const char *name;
    bool compressed, zlib, at_end;
    unsigned char in[CHUNK];
    size_t have, at; /* uncompressed input: bytes of `in` not yet delivered */
    struct inflate_state z;
};

static bool read_some(struct gz_reader *r, unsigned char *to, size_t room, size_t *got,
                      struct err *e)
{
    ssize_t n;
    do
        n = read(r->fd, to, room);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return err_errno(e, "reading %s", r->name);
    *got = (size_t)n;
    return true;
}

static bool fill(struct gz_reader *r, size_t *got, struct err *e)
{
    return read_some(r, r->in, sizeof r->in, got, e);
}

static void start_inflating(struct gz_reader *r)
{
    isal_inflate_init(&r->z);
    r->z.crc_flag = r->zlib ? ISAL_ZLIB : ISAL_GZIP;
    r->z.next_in = r->in;
    r->z.avail_in = (uint32_t)r->have;
}

struct gz_reader *gz_open(int fd, const char *name, enum gz_kind kind, struct err *e)
{
    struct gz_reader *r = mem_array(1, sizeof *r, e);
    if (!r)
        return NULL;
    r->fd = fd;
    r->name = name;
    while (r->have < 2) { /* a pipe may deliver one byte at a time */
        ssize_t n = read(fd, r->in + r->have, sizeof r->in - r->have);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            err_errno(e, "reading %s", name);
            free(r);
            return NULL;
        }
        if (n == 0)
            break;
        r->have += (size_t)n;
    }
    bool gzip = r->have >= 2 && r->in[0] == 0x1f && r->in[1] == 0x8b;
    r->zlib = kind == GZ_DEFLATED && !gzip;
    r->compressed = r->zlib || (kind != GZ_PLAIN && gzip);
    if (r->compressed)
        start_inflating(r);
    return r;
}

bool gz_is_compressed(const struct gz_reader *r)
{
    return r->compressed;
}

static bool read_plain(struct gz_reader *r, unsigned char *out, size_t n, size_t *got,
                       struct err *e)
{
    while (*got < n) {
        size_t direct = 0;
        if (r->at == r->have && n - *got >= sizeof r->in) {
            if (!read_some(r, out + *got, n - *got, &direct, e))
                return false;
            if (!direct)
                return true;
            *got += direct;
            continue;
        }
        if (r->at == r->have) {
            r->at = 0;
            if (!fill(r, &r->have, e))
                return false;
            if (!r->have)
                return true;
        }
        size_t step = r->have - r->at < n - *got ? r->have - r->at : n - *got;
        memcpy(out + *got, r->in + r->at, step);
        r->at += step;
        *got += step;
    }
    return true;
}

/* The next member of a file of several, or the end. */
static bool next_member(struct gz_reader *r, struct err *e)
{
    if (!r->z.avail_in) {
        size_t n = 0;
        if (!fill(r, &n, e))
            return false;
        r->z.next_in = r->in;
        r->z.avail_in = (uint32_t)n;
    }
    if (r->zlib || !r->z.avail_in || r->z.next_in[0] != 0x1f) {
        r->at_end = true; /* trailing padding is ignored, as gzip does */
        return true;
    }
    unsigned char *next = r->z.next_in;
    uint32_t left = r->z.avail_in;
    isal_inflate_reset(&r->z);
    r->z.crc_flag = ISAL_GZIP;
    r->z.next_in = next;
    r->z.avail_in = left;
    return true;
}

static bool inflate_step(struct gz_reader *r, struct err *e)
{
    if (r->z.block_state == ISAL_BLOCK_FINISH)
        return next_member(r, e);
    if (!r->z.avail_in) {
        size_t n = 0;
        if (!fill(r, &n, e))
            return false;
        if (!n)
            return err_set(e, ERR_REFUSED, "%s: compressed data end too early", r->name);
        r->z.next_in = r->in;
        r->z.avail_in = (uint32_t)n;
    }
    if (isal_inflate(&r->z) != ISAL_DECOMP_OK)
        return err_set(e, ERR_REFUSED, "%s: compressed data are broken", r->name);
    return true;
}

static bool read_compressed(struct gz_reader *r, unsigned char *out, size_t n, size_t *got,
                            struct err *e)
{
    while (*got < n && !r->at_end) {
        size_t step = n - *got > (1u << 30) ? 1u << 30 : n - *got;
        r->z.next_out = out + *got;
        r->z.avail_out = (uint32_t)step;
        if (!inflate_step(r, e))
            return false;
        *got += step - r->z.avail_out;
    }
    return true;
}

bool gz_read(struct gz_reader *r, void *out, size_t n, size_t *got, struct err *e)
{
    *got = 0;
    return r->compressed ? read_compressed(r, out, n, got, e) : read_plain(r, out, n, got, e);
}

bool gz_finish(struct gz_reader *r, struct err *e)
{
    const size_t most = 1 << 20;
    unsigned char ignored[4096];
    size_t got = 1;
    for (size_t surplus = 0; r->compressed && got > 0 && surplus <= most; surplus += got)
        if (!gz_read(r, ignored, sizeof ignored, &got, e))
            return false;
    return true;
}

void gz_close(struct gz_reader *r)
{
    clear_upper();
    free(r);
}
