#include "course/assemble.h"

#include "base/mem.h"
#include "base/sha1.h"
#include "base/str.h"
#include "course/stored.h"
#include "shim/dicom_pixels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Values are made plane by plane, while the plane is in the cache: read, rescale, sum, digest. */
struct maker {
    const char *root;
    const struct series *series;
    const double *factor;
    struct volume *volume;
    size_t pixels, kept; /* of a stored plane; of a plane of the volume (smaller when tilted) */
    void *raw;           /* one stored plane */
    void *value;         /* the same as int32 or double */
    struct dicom_pixels *open;
    size_t open_source;

    struct sha1 digest;
    double minimum, maximum, sum, carry;
    int64_t whole_sum;
};

static bool is_whole(double x)
{
    return x == floor(x) && fabs(x) <= 1e9;
}

/* Integer volumes: every slope and intercept is a whole number, and nothing is multiplied in. */
static bool wants_float(const struct series *s, const double *factor)
{
    for (size_t k = 0; k < s->planes; k++) {
        const struct dicom_header *h = &s->file[s->plane[k].source]->header;
        const struct dicom_frame *f = &h->frame[s->plane[k].frame];
        if (h->sample != DICOM_SAMPLE_INT || !is_whole(f->slope) || !is_whole(f->intercept) ||
            (factor && factor[s->plane[k].source] != 1))
            return true;
    }
    return false;
}

static bool wants_double(const struct series *s)
{
    for (size_t i = 0; i < s->files; i++)
        if (s->file[i]->header.sample == DICOM_SAMPLE_F64)
            return true;
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
            return false;
    }
    return dicom_pixels_frame(m->open, p->frame, m->raw, e);
}

/* Moves the rectangle of a stored plane that lies in the volume to its front. */
static void crop_plane(const struct maker *m, const struct plane *p, size_t size)
{
    const int64_t *grid = m->volume->grid.size;
    char *at = m->value;
    for (int64_t y = 0; m->kept != m->pixels && y < grid[1]; y++)
        memmove(at + (size_t)(y * grid[0]) * size,
                at + (size_t)((y + p->first[1]) * p->columns + p->first[0]) * size,
                (size_t)grid[0] * size);
}

/* slope * stored + intercept in 32 bits; false when that could overflow. */
static bool rescale_small(int32_t *restrict v, size_t n, int64_t slope, int64_t intercept)
{
    int32_t lo = 0, hi = 0;
    for (size_t i = 0; i < n; i++) {
        lo = v[i] < lo ? v[i] : lo;
        hi = v[i] > hi ? v[i] : hi;
    }
    double most =
        fmax(fabs((double)lo), fabs((double)hi)) * fabs((double)slope) + fabs((double)intercept);
    if (most > INT32_MAX)
        return false;
    const int32_t a = (int32_t)slope, b = (int32_t)intercept;
    for (size_t i = 0; i < n; i++)
        v[i] = a * v[i] + b;
    return true;
}

static void note_integers(struct maker *m, const int32_t *v)
{
    int32_t lo = v[0], hi = v[0];
    int64_t sum = 0;
    for (size_t i = 0; i < m->kept; i++) {
        lo = v[i] < lo ? v[i] : lo;
        hi = v[i] > hi ? v[i] : hi;
        sum += v[i];
    }
    m->minimum = fmin(m->minimum, lo);
    m->maximum = fmax(m->maximum, hi);
    m->whole_sum += sum;
}

/* One plane of an int16 or int32 volume. *fits says whether its values do. */
static bool integer_plane(struct maker *m, size_t k, bool *fits, struct err *e)
{
    const struct plane *p = &m->series->plane[k];
    const struct dicom_header *h = &m->series->file[p->source]->header;
    const struct dicom_frame *f = &h->frame[p->frame];
    int32_t *v = m->value;
    if (!stored_to_int(h, m->raw, m->pixels, v, NULL)) {
        *fits = false;
        return true;
    }
    (void)e;
    crop_plane(m, p, sizeof *v);
    *fits = rescale_small(v, m->kept, (int64_t)f->slope, (int64_t)f->intercept);
    if (!*fits)
        return true;
    note_integers(m, v);
    if (m->volume->type == PIXEL_I32) {
        memcpy((int32_t *)m->volume->data + k * m->kept, v, m->kept * sizeof *v);
        return true;
    }
    *fits = m->minimum >= INT16_MIN && m->maximum <= INT16_MAX;
    int16_t *out = (int16_t *)m->volume->data + k * m->kept;
    for (size_t i = 0; *fits && i < m->kept; i++)
        out[i] = (int16_t)v[i];
    return true;
}

/* Sum with a carry (Neumaier), so that the mean of many large values is right. */
static void note_real(struct maker *m, double v)
{
    double sum = m->sum + v;
    m->carry += fabs(m->sum) >= fabs(v) ? (m->sum - sum) + v : (v - sum) + m->sum;
    m->sum = sum;
    m->minimum = fmin(m->minimum, v);
    m->maximum = fmax(m->maximum, v);
}

static bool real_plane(struct maker *m, size_t k, bool *fits, struct err *e)
{
    const struct plane *p = &m->series->plane[k];
    const struct course_file *file = m->series->file[p->source];
    const struct dicom_frame *f = &file->header.frame[p->frame];
    const double factor = m->factor ? m->factor[p->source] : 1;
    double *v = m->value;
    *fits = true;
    stored_to_double(&file->header, m->raw, m->pixels, v);
    crop_plane(m, p, sizeof *v);
    for (size_t i = 0; i < m->kept; i++) {
        double value = (f->slope * v[i] + f->intercept) * factor;
        if (m->volume->type == PIXEL_F32) {
            float *out = (float *)m->volume->data + k * m->kept;
            value = out[i] = (float)value;
        } else {
            ((double *)m->volume->data)[k * m->kept + i] = value;
        }
        if (!isfinite(value))
            return err_set(e, ERR_REFUSED, "%s: a pixel that is no finite number", file->path);
        note_real(m, value);
    }
    return true;
}

static bool fill(struct maker *m, bool *fits, struct err *e)
{
    const size_t bytes = m->kept * pixel_size(m->volume->type);
    bool real = pixel_is_float(m->volume->type);
    m->minimum = INFINITY, m->maximum = -INFINITY;
    m->sum = m->carry = 0, m->whole_sum = 0;
    sha1_init(&m->digest);
    *fits = true;
    for (size_t k = 0; *fits && k < m->series->planes; k++) {
        if (!read_plane(m, &m->series->plane[k], e) ||
            !(real ? real_plane(m, k, fits, e) : integer_plane(m, k, fits, e)))
            return false;
        if (*fits)
            sha1_add(&m->digest, (char *)m->volume->data + k * bytes, bytes);
    }
    return true;
}

/* Tries the types from the narrowest that could do. */
static bool fill_some_type(struct maker *m, struct err *e)
{
    static const enum pixel_type types[] = {PIXEL_I16, PIXEL_I32, PIXEL_F32, PIXEL_F64};
    int first = !wants_float(m->series, m->factor) ? 0 : wants_double(m->series) ? 3 : 2;
    for (int i = first; i < 4; i++) {
        bool fits;
        volume_free(m->volume);
        if (!volume_alloc(m->volume, &m->series->grid, types[i], e) || !fill(m, &fits, e))
            return false;
        if (fits)
            return true;
    }
    return err_set(e, ERR_FAILED, "values that fit no pixel type");
}

bool assemble(const char *root, const struct series *s, const double *factor, struct volume *out,
              struct volume_facts *facts, struct err *e)
{
    const struct plane *p = &s->plane[0];
    struct maker m = {.root = root, .series = s, .factor = factor, .volume = out};
    *out = (struct volume){0};
    m.pixels = (size_t)(p->rows * p->columns);
    m.kept = (size_t)(s->grid.size[0] * s->grid.size[1]);
    m.raw = mem_array(m.pixels, sizeof(double), e);
    m.value = mem_array(m.pixels, sizeof(double), e);
    bool ok = m.raw && m.value && fill_some_type(&m, e);
    if (ok) {
        double n = (double)grid_voxels(&out->grid);
        bool real = pixel_is_float(out->type);
        facts->minimum = m.minimum, facts->maximum = m.maximum;
        facts->mean = (real ? m.sum + m.carry : (double)m.whole_sum) / n;
        sha1_hex(&m.digest, facts->sha1);
    } else {
        volume_free(out);
    }
    dicom_pixels_close(m.open);
    free(m.raw);
    free(m.value);
    return ok;
}
