#include "course/assemble.h"

#include "base/mem.h"
#include "base/str.h"
#include "course/digest.h"
#include "course/rescale.h"
#include "course/stored.h"
#include "course/voxel_type.h"
#include "io/nii.h"
#include "shim/dicom_pixels.h"

#include <stdlib.h>
#include <string.h>

/* Voxels are made plane by plane, so that the plane stays in the cache: read, rescale, sum, digest,
 * write. The digest may follow in a thread of its own (course/digest.h). */
struct maker {
    const char *root;
    const struct series *series;
    const double *factor;
    enum stored_bits stored_bits;
    struct volume *volume; /* grid and type; data only without a path */
    const char *path;      /* stream to this file, or NULL */
    struct nii_stream stream;
    void *plane; /* buffer for a plane of the volume */
    void *ahead; /* buffer for the plane after an interpolated one, which is made first */
    char *buffer[DIGEST_AHEAD]; /* when the volume is streamed: for this plane, and those before */
    size_t buffers;
    size_t pixels, kept; /* of a stored plane; of a plane of the volume (smaller when tilted) */
    void *stored;        /* buffer for a stored plane */
    void *raw;           /* the stored plane: there, or where its voxels will be */
    struct dicom_pixels *open;
    size_t open_source;

    struct pool *pool; /* for the digest; NULL: this thread alone */
    struct digest digest;
    struct tally tally;
    int64_t beyond; /* samples that use bits beyond the stored ones */
};

/* Replaces the path in a reader's message by what the file is called for people; returns false. */
static bool hide_path(const struct maker *m, const struct course_file *f, struct err *e)
{
    if (!f->alias)
        return false;
    char *path = path_join(m->root, f->path), *text = str_replaced(e->text, path, f->alias);
    err_set(e, e->code, "%s", text);
    free(path);
    free(text);
    return false;
}

static bool read_plane(struct maker *m, const struct plane *p, struct err *e)
{
    const struct course_file *f = m->series->file[p->source];
    if (!m->open || m->open_source != p->source) {
        dicom_pixels_close(m->open);
        char *path = path_join(m->root, f->path);
        m->open = dicom_pixels_open(path, &f->header, e);
        m->open_source = p->source;
        free(path);
        if (!m->open)
            return hide_path(m, f, e);
    }
    return dicom_pixels_frame(m->open, p->frame, m->raw, e) || hide_path(m, f, e);
}

/* Moves the rectangle of a stored plane that belongs to the volume to the start of the buffer. */
static void crop_plane(const struct maker *m, const struct plane *p, size_t sample)
{
    const int64_t *grid = m->volume->grid.size;
    char *at = m->raw;
    for (int64_t y = 0; m->series->tilted && y < grid[1]; y++)
        memmove(at + (size_t)(y * grid[0]) * sample,
                at + (size_t)((y + p->first[1]) * p->columns + p->first[0]) * sample,
                (size_t)grid[0] * sample);
}

/* Samples that use bits beyond the stored ones: refused, cut, or taken whole. `h` becomes the
 * header by which the plane is to be read. */
static bool settle_bits(struct maker *m, const struct course_file *f, struct dicom_header *h,
                        struct err *e)
{
    const int64_t n = (int64_t)stored_beyond(h, m->raw, m->kept);
    m->beyond += n;
    if (n == 0 || m->stored_bits == STORED_CUT)
        return true;
    const bool begins_at_0 = h->high_bit + 1 == h->bits_stored;
    if (m->stored_bits == STORED_REFUSE || !begins_at_0)
        return err_set(
            e, ERR_REFUSED,
            "%s: %lld samples use bits beyond the %lld stored ones (HighBit %lld of %lld "
            "allocated): STORED_BITS=cut drops them%s (--stored-bits)",
            course_file_name(f), (long long)n, (long long)h->bits_stored, (long long)h->high_bit,
            (long long)h->bits_allocated,
            begins_at_0 ? ", STORED_BITS=all takes them as part of the value" : "");
    stored_widen(h, m->raw, m->kept);
    h->bits_stored = h->bits_allocated;
    h->high_bit = h->bits_allocated - 1;
    return true;
}

/* Stored plane to plane of the volume; *fits says whether its values do. */
static bool make_plane(struct maker *m, const struct plane *p, bool *fits, struct err *e)
{
    const struct course_file *file = m->series->file[p->source];
    struct dicom_header header = file->header;
    const struct dicom_header *h = &header;
    const struct dicom_frame *f = &h->frame[p->frame];
    const enum pixel_type type = m->volume->type;
    const bool in_place = m->kept == m->pixels && (size_t)h->bits_allocated / 8 == pixel_size(type);
    m->raw = in_place ? m->plane : m->stored;
    if (!read_plane(m, p, e))
        return false;
    crop_plane(m, p, (size_t)h->bits_allocated / 8);
    if (!settle_bits(m, file, &header, e))
        return false;
    if (!pixel_is_float(type)) {
        *fits =
            rescale_integers(h, m->raw, m->kept, f->slope, f->intercept, type, m->plane, &m->tally);
        return true;
    }
    double factor = m->factor ? m->factor[p->source] : 1;
    return rescale_reals(h, m->raw, m->kept, f->slope, f->intercept, factor, type, m->plane,
                         &m->tally) ||
           err_set(e, ERR_REFUSED, "%s: a pixel is not a finite number", course_file_name(file));
}

static void *place_of(const struct maker *m, size_t k, size_t bytes)
{
    return m->path ? nii_stream_place(&m->stream, m->buffer[k % m->buffers], k * bytes)
                   : (char *)m->volume->data + k * bytes;
}

/* A missing plane that is interpolated: the mean of its neighbours. The next plane is made for it
 * first, and made again in its turn. */
static bool make_up_plane(struct maker *m, size_t k, size_t bytes, bool *fits, struct err *e)
{
    const struct tally tally = m->tally;
    const int64_t beyond = m->beyond;
    m->plane = m->ahead;
    if (!make_plane(m, &m->series->plane[k + 1], fits, e))
        return false;
    m->tally = tally;
    m->beyond = beyond;
    m->plane = place_of(m, k, bytes);
    if (*fits)
        rescale_mean(place_of(m, k - 1, bytes), m->ahead, m->kept, m->volume->type, m->plane,
                     &m->tally);
    return true;
}

static bool make_planes(struct maker *m, bool *fits, struct err *e)
{
    const size_t bytes = m->kept * pixel_size(m->volume->type);
    const size_t most = m->path ? m->buffers - 1 : DIGEST_AHEAD - 1; /* that keep their buffers */
    for (size_t k = 0; k < m->series->planes; k++) {
        digest_wait(&m->digest, most);
        m->plane = place_of(m, k, bytes);
        if (!(m->series->plane[k].made_up ? make_up_plane(m, k, bytes, fits, e)
                                          : make_plane(m, &m->series->plane[k], fits, e)))
            return false;
        if (!*fits)
            return true;
        digest_give(&m->digest, m->plane);
        if (m->path && !nii_stream_put(&m->stream, m->plane, bytes, e))
            return false;
    }
    return true;
}

/* Makes every plane in the volume's type; *fits is false as soon as a value does not fit. The last
 * planes may still have to be digested then. */
static bool fill(struct maker *m, bool *fits, struct err *e)
{
    m->tally = rescale_tally();
    m->beyond = 0;
    *fits = true;
    digest_begin(&m->digest, m->pool, m->kept * pixel_size(m->volume->type));
    return make_planes(m, fits, e);
}

static bool fill_memory(struct maker *m, enum pixel_type type, bool *fits, struct err *e)
{
    volume_free(m->volume);
    if (!volume_alloc(m->volume, &m->series->grid, type, e))
        return false;
    const bool ok = fill(m, fits, e);
    digest_end(&m->digest);
    return ok;
}

static bool fill_file(struct maker *m, enum pixel_type type, bool *fits, struct err *e)
{
    *m->volume = (struct volume){.grid = m->series->grid, .type = type, .channels = 1};
    if (!nii_stream_open(&m->stream, m->path, &m->series->grid, type, true, e))
        return false;
    bool ok = fill(m, fits, e);
    if (ok && *fits)
        ok = nii_stream_commit(&m->stream, e); /* flushed while the last planes are digested */
    else
        nii_stream_abort(&m->stream);
    digest_end(&m->digest);
    return ok;
}

static bool fill_some_type(struct maker *m, struct err *e)
{
    enum pixel_type type[3];
    const size_t types = voxel_types(m->series, m->factor, type);
    for (size_t i = 0; i < types; i++) {
        bool fits = true;
        if (!(m->path ? fill_file : fill_memory)(m, type[i], &fits, e))
            return false;
        if (fits)
            return true;
    }
    return err_set(e, ERR_FAILED, "values that fit no pixel type");
}

/* Is the digest worth a thread? Of less it takes 4 ms. */
static bool is_large(const struct maker *m)
{
    enum { LARGE = 8 << 20 };
    return m->kept * m->series->planes * pixel_size(PIXEL_I16) >= LARGE;
}

/* A stream needs a buffer, two when planes are made up from those before, more for the digest. */
static bool make_buffers(struct maker *m, struct err *e)
{
    const size_t least = m->series->made_up ? 2 : 1, most = m->pool ? DIGEST_AHEAD : least;
    struct err why = {0};
    while (m->buffers < most) {
        char *more = mem_array(m->kept * sizeof(double) + NII_STREAM_ROOM, 1, &why);
        if (!more)
            break;
        m->buffer[m->buffers++] = more;
    }
    return m->buffers >= least || err_set(e, why.code, "%s", why.text);
}

/* To a file, or without a path to memory. */
static bool make(const char *root, const struct series *s, const struct assembly *how,
                 const char *path, struct volume *out, struct volume_facts *facts, struct err *e)
{
    const struct plane *p = &s->plane[0];
    struct maker m = {.root = root,
                      .series = s,
                      .factor = how->factor,
                      .stored_bits = how->stored_bits,
                      .volume = out,
                      .path = path,
                      .pixels = (size_t)(p->rows * p->columns),
                      .kept = (size_t)(s->grid.size[0] * s->grid.size[1])};
    *out = (struct volume){0};
    m.stored = mem_array(m.pixels, sizeof(double), e);
    if (s->made_up)
        m.ahead = mem_array(m.kept, sizeof(double), e);
    if (pool_threads(how->pool) > 1 && is_large(&m))
        m.pool = how->pool;
    bool ok = m.stored && (!s->made_up || m.ahead) && (!path || make_buffers(&m, e)) &&
              fill_some_type(&m, e);
    if (ok) {
        facts->minimum = m.tally.minimum, facts->maximum = m.tally.maximum;
        facts->mean = tally_mean(&m.tally);
        facts->beyond = m.beyond;
        sha1_hex(&m.digest.sha1, facts->sha1);
    } else {
        volume_free(out);
    }
    dicom_pixels_close(m.open);
    free(m.stored);
    free(m.ahead);
    for (size_t i = 0; i < m.buffers; i++)
        free(m.buffer[i]);
    return ok;
}

bool assemble(const char *root, const struct series *s, const struct assembly *how,
              struct volume *out, struct volume_facts *facts, struct err *e)
{
    return make(root, s, how, NULL, out, facts, e);
}

bool assemble_to_file(const char *root, const struct series *s, const struct assembly *how,
                      const char *path, struct volume *out, struct volume_facts *facts,
                      struct err *e)
{
    return make(root, s, how, path, out, facts, e);
}
