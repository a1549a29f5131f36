/* Images that are no slices: another size, orientation or kind than nearly all, or no position. */
#include "course/series_steps.h"

#include "base/mem.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A tenth of the files may be strays, and three in any case. Forms are compared pair by pair, so
 * their number is limited. */
enum { ALWAYS_ALLOWED = 3, MOST_FORMS = 64 };
static const double parallel_tolerance = 1e-4; /* of direction cosines, as in geometry.c */

static bool is_grey(const struct dicom_header *h)
{
    const char *photometric = h->text[DICOM_PHOTOMETRIC];
    return h->samples == 1 &&
           (!*photometric || strncmp(photometric, "MONOCHROME", strlen("MONOCHROME")) == 0);
}

static bool has_place(const struct dicom_header *h)
{
    const uint32_t needed = DICOM_HAS_POSITION | DICOM_HAS_ORIENTATION;
    return h->frames > 0 && (h->frame[0].has & needed) == needed;
}

static bool is_parallel(const struct dicom_header *a, const struct dicom_header *b)
{
    double most = 0;
    for (int i = 0; i < 6; i++)
        most = fmax(most, fabs(a->frame[0].orientation[i] - b->frame[0].orientation[i]));
    return most <= parallel_tolerance;
}

/* Describes how b differs from a; false: it does not. */
static bool differs(const struct dicom_header *a, const struct dicom_header *b, char *how,
                    size_t room)
{
    if (is_grey(a) != is_grey(b))
        return snprintf(how, room, "%.32s, %lld samples per pixel, among %.32s",
                        b->text[DICOM_PHOTOMETRIC], (long long)b->samples,
                        a->text[DICOM_PHOTOMETRIC]);
    if (a->rows != b->rows || a->columns != b->columns)
        return snprintf(how, room, "%lld x %lld pixels among %lld x %lld", (long long)b->columns,
                        (long long)b->rows, (long long)a->columns, (long long)a->rows);
    if (has_place(a) != has_place(b))
        return snprintf(how, room, "%s",
                        has_place(b) ? "a position among images without one"
                                     : "no position or orientation");
    if (has_place(a) && !is_parallel(a, b))
        return snprintf(how, room, "another orientation than the others");
    return false;
}

/* The form (size, orientation, kind) that most files have; NULL when no form is common enough. */
static const struct dicom_header *main_form(const struct series_pool *s)
{
    const struct dicom_header *form[MOST_FORMS];
    size_t count[MOST_FORMS], forms = 0, best = 0;
    char how[128];
    for (size_t i = 0; i < s->files; i++) {
        const struct dicom_header *h = &s->file[i]->header;
        size_t k = 0;
        while (k < forms && differs(form[k], h, how, sizeof how))
            k++;
        if (k == MOST_FORMS)
            return NULL;
        if (k == forms) {
            form[forms] = h;
            count[forms++] = 0;
        }
        count[k]++;
        best = count[k] > count[best] ? k : best;
    }
    return forms > 1 && 2 * count[best] > s->files && has_place(form[best]) ? form[best] : NULL;
}

void strays_take(struct series_pool *s, const struct series_wish *wish, struct strays *out)
{
    const struct dicom_header *form = main_form(s);
    char how[128];
    size_t others = 0, kept = 0;
    *out = (struct strays){0};
    for (size_t i = 0; form && i < s->files; i++) {
        if (!differs(form, &s->file[i]->header, how, sizeof how))
            continue;
        others++;
        if (series_is_named(wish, s->file[i]))
            out->named = course_file_name(s->file[i]);
    }
    if (others == 0 || out->named || (others > ALWAYS_ALLOWED && 10 * others > s->files))
        return;
    out->item = mem_must(calloc(others, sizeof *out->item));
    for (size_t i = 0; i < s->files; i++) {
        if (!differs(form, &s->file[i]->header, how, sizeof how)) {
            s->file[kept++] = s->file[i];
            continue;
        }
        struct series_drop *stray = &out->item[out->n++];
        stray->file = s->file[i];
        snprintf(stray->reason, sizeof stray->reason, "stray image, no slice of the volume: %s",
                 how);
    }
    s->files = kept;
}

bool strays_fill_place(const struct strays *strays, const struct series *volume)
{
    const struct grid *g = &volume->grid;
    for (size_t i = 0; i < strays->n; i++) {
        const struct dicom_header *h = &strays->item[i].file->header;
        double along = 0;
        if (h->frames == 0 || !(h->frame[0].has & DICOM_HAS_POSITION))
            continue;
        for (int r = 0; r < 3; r++)
            along += (h->frame[0].position_mm[r] - g->origin_mm[r]) * g->direction[3 * r + 2];
        const double place = nearbyint(along / g->spacing_mm[2]);
        if (place == -1 || place == (double)g->size[2])
            return true;
    }
    return false;
}
