/* One image that was sent again under another instance UID: equal pixels, place and attributes. */
#include "course/series_steps.h"

#include "base/mem.h"
#include "base/str.h"
#include "shim/dicom_pixels.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_AT_A_PLACE = 16 }; /* different images; more are not compared */

static bool same_number(double a, double b)
{
    return a == b || (isnan(a) && isnan(b));
}

/* Everything but the pixels. */
static bool looks_alike(const struct course_file *a, const struct course_file *b)
{
    static const enum dicom_text texts[] = {DICOM_IMAGE_TYPE, DICOM_PHOTOMETRIC, DICOM_RESCALE_TYPE,
                                            DICOM_UNITS};
    const struct dicom_header *x = &a->header, *y = &b->header;
    if (x->frames != 1 || y->frames != 1 || x->rows != y->rows || x->columns != y->columns ||
        x->bits_allocated != y->bits_allocated || x->bits_stored != y->bits_stored ||
        x->high_bit != y->high_bit || x->is_signed != y->is_signed || x->sample != y->sample)
        return false;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(x->text[texts[i]], y->text[texts[i]]) != 0)
            return false;
    const struct dicom_frame *f = &x->frame[0], *g = &y->frame[0];
    for (int i = 0; i < DICOM_SPLITS; i++)
        if (!same_number(f->split[i], g->split[i]))
            return false;
    return memcmp(f->position_mm, g->position_mm, sizeof f->position_mm) == 0 &&
           memcmp(f->orientation, g->orientation, sizeof f->orientation) == 0 &&
           f->slope == g->slope && f->intercept == g->intercept;
}

static bool read_pixels(const char *root, const struct course_file *f, void *out)
{
    char *path = path_join(root, f->path);
    struct dicom_pixels *open = dicom_pixels_open(path, &f->header, NULL);
    bool ok = open && dicom_pixels_frame(open, 0, out, NULL);
    dicom_pixels_close(open);
    free(path);
    return ok;
}

/* Pixels that cannot be read are never equal. */
static bool same_pixels(const char *root, const struct course_file *a, const struct course_file *b)
{
    const struct dicom_header *h = &a->header;
    const size_t n = (size_t)(h->rows * h->columns), size = (size_t)h->bits_allocated / 8;
    char *x = mem_array(n, size, NULL), *y = mem_array(n, size, NULL);
    bool same =
        x && y && read_pixels(root, a, x) && read_pixels(root, b, y) && memcmp(x, y, n * size) == 0;
    free(x);
    free(y);
    return same;
}

/* Which copy to keep: one that a region refers to, then by path. */
static bool comes_before(const struct series_wish *wish, const struct course_file *a,
                         const struct course_file *b)
{
    bool x = series_is_named(wish, a), y = series_is_named(wish, b);
    return x != y ? x : strcmp(a->path, b->path) < 0;
}

static void drop_twin(struct series_drops *drops, const struct course_file *f,
                      const struct course_file *instead)
{
    char reason[256];
    snprintf(reason, sizeof reason,
             "the same image under another SOP Instance UID (equal pixels and place): %.120s",
             course_file_name(instead));
    series_drop_file(drops, f, reason);
    drops->item[drops->n - 1].instead = instead;
}

/* Moves the distinct ones of the n planes of one position to the front; returns their number. */
static size_t keep_different(const struct series_pool *s, struct plane *plane, size_t n,
                             const struct series_wish *wish, struct series_drops *drops)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        const struct course_file *f = s->file[plane[i].source];
        size_t k = kept > MOST_AT_A_PLACE ? kept : 0;
        while (k < kept && !(looks_alike(s->file[plane[k].source], f) &&
                             same_pixels(wish->root, s->file[plane[k].source], f)))
            k++;
        if (k == kept) {
            plane[kept++] = plane[i];
            continue;
        }
        const struct course_file *other = s->file[plane[k].source];
        if (comes_before(wish, f, other)) {
            plane[k] = plane[i];
            drop_twin(drops, other, f);
        } else {
            drop_twin(drops, f, other);
        }
    }
    return kept;
}

void series_drop_twins(struct series_pool *s, const struct series_wish *wish,
                       struct series_drops *drops)
{
    size_t kept = 0;
    for (size_t from = 0, to; wish->root && from < s->planes; from = to) {
        for (to = from + 1; to < s->planes && s->plane[to].along_mm - s->plane[to - 1].along_mm <
                                                  GEOMETRY_SAME_PLACE_MM;)
            to++;
        size_t n = to - from;
        if (n > 1)
            n = keep_different(s, s->plane + from, n, wish, drops);
        memmove(s->plane + kept, s->plane + from, n * sizeof *s->plane);
        kept += n;
    }
    s->planes = wish->root ? kept : s->planes;
}
