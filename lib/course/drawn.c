#include "course/drawn.h"

#include "base/mem.h"
#include "base/str.h"
#include "course/home.h"
#include "course/sop_class.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_seg(const struct course_file *f)
{
    return sop_class_of(f->header.text[DICOM_SOP_CLASS])->kind == SOP_SEG;
}

static bool read_set(struct drawn *d, const char *root, const struct course_file *set)
{
    if (d->is_read)
        return d->problem.code == ERR_NONE;
    d->is_read = true;
    char *path = path_join(root, set->path);
    bool ok = is_seg(set) ? seg_read(path, true, &d->segments, &d->problem)
                          : rtstruct_read(path, true, &d->structures, &d->problem);
    free(path);
    return ok;
}

void drawn_free(struct drawn *d)
{
    rtstruct_free(&d->structures);
    seg_free(&d->segments);
    *d = (struct drawn){0};
}

/* --- the planes of the series --- */

static double dot(const double *a, const double *b)
{
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

static void normal_of(const struct dicom_frame *f, double n[3])
{
    const double *r = f->orientation, *c = r + 3;
    n[0] = r[1] * c[2] - r[2] * c[1];
    n[1] = r[2] * c[0] - r[0] * c[2];
    n[2] = r[0] * c[1] - r[1] * c[0];
}

static bool has_place(const struct dicom_frame *f)
{
    const uint32_t needed = DICOM_HAS_POSITION | DICOM_HAS_ORIENTATION | DICOM_HAS_SPACING;
    return (f->has & needed) == needed && f->spacing_mm[0] > 0 && f->spacing_mm[1] > 0;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* The smallest step between planes of the series; of a single one its thickness, or a pixel. */
static double step_of(const struct group *g, const struct dicom_frame *like)
{
    double normal[3], step = DBL_MAX;
    size_t n = 0, frames = 0;
    normal_of(like, normal);
    for (size_t i = 0; i < g->files; i++)
        frames += g->file[i]->header.frames;
    double *along = mem_must(calloc(frames + 1, sizeof *along));
    for (size_t i = 0; i < g->files; i++)
        for (size_t k = 0; k < g->file[i]->header.frames; k++)
            if (has_place(&g->file[i]->header.frame[k]))
                along[n++] = dot(g->file[i]->header.frame[k].position_mm, normal);
    qsort(along, n, sizeof *along, by_value);
    for (size_t i = 0; i + 1 < n; i++)
        if (along[i + 1] - along[i] > 1e-3)
            step = fmin(step, along[i + 1] - along[i]);
    free(along);
    if (step < DBL_MAX)
        return step;
    bool thick = like->has & DICOM_HAS_THICKNESS && like->thickness_mm > 0;
    return thick ? like->thickness_mm : fmin(like->spacing_mm[0], like->spacing_mm[1]);
}

/* --- points against one plane --- */

/* How far the farthest of n points is off the plane, in millimetres, and whether all are within
 * its pixels (edges included). */
struct fit {
    double off_mm;
    bool within;
};

static struct fit fit_points(const double *point, size_t n, const struct dicom_header *h,
                             const struct dicom_frame *f)
{
    struct fit fit = {.within = true};
    double normal[3];
    normal_of(f, normal);
    for (size_t i = 0; i < n; i++) {
        double d[3];
        for (int a = 0; a < 3; a++)
            d[a] = point[3 * i + (size_t)a] - f->position_mm[a];
        double x = dot(d, f->orientation) / f->spacing_mm[1];
        double y = dot(d, f->orientation + 3) / f->spacing_mm[0];
        double off = fabs(dot(d, normal));
        fit.off_mm = off <= fit.off_mm ? fit.off_mm : off; /* also true for NaN */
        fit.within = fit.within && x >= -0.5 && x <= (double)h->columns - 0.5 && y >= -0.5 &&
                     y <= (double)h->rows - 0.5;
    }
    return fit;
}

/* The images that one contour refers to, and the best match among them. */
struct contour_check {
    const struct group_list *groups;
    const struct group *group;
    double allowed_mm;
    size_t there, frames;
    struct fit nearest;
    bool fits;
};

/* frame: from 1, as in Referenced Frame Number; 0: any of the image's. */
static void try_image(struct contour_check *c, const char *uid, unsigned long frame,
                      const double *point, size_t n)
{
    const struct group_image *at;
    size_t found = group_find_image(c->groups, uid, &at);
    for (size_t i = 0; i < found; i++) {
        const struct dicom_header *h = &at[i].file->header;
        if (at[i].group != c->group)
            continue;
        c->there++;
        for (size_t k = 0; k < h->frames; k++) {
            if ((frame > 0 && k != frame - 1) || !has_place(&h->frame[k]))
                continue;
            if (c->allowed_mm < 0)
                c->allowed_mm = DRAWN_OFF * step_of(c->group, &h->frame[k]);
            struct fit fit = fit_points(point, n, h, &h->frame[k]);
            c->fits = c->fits || (fit.off_mm <= c->allowed_mm && fit.within);
            if (c->frames++ == 0 || fit.off_mm < c->nearest.off_mm)
                c->nearest = fit;
        }
    }
}

/* n points that refer to images; part: "contour" or "frame", for the message. */
static bool check_points(struct contour_check *c, const char *images, const double *point, size_t n,
                         const char *part, size_t number, struct err *why)
{
    c->there = c->frames = 0;
    c->fits = false;
    if (!images[0])
        return err_set(why, ERR_REFUSED, "its %s %zu names no image", part, number);
    for (const char *at = images; *at; at += strspn(at, "\\")) {
        char uid[128];
        size_t length = strcspn(at, "\\");
        snprintf(uid, sizeof uid, "%.*s", (int)(length < sizeof uid ? length : sizeof uid), at);
        char *frame = strchr(uid, '#');
        if (frame)
            *frame++ = '\0';
        try_image(c, uid, frame ? strtoul(frame, NULL, 10) : 0, point, n);
        at += length;
    }
    if (c->fits)
        return true;
    if (c->frames == 0)
        return err_set(why, ERR_REFUSED, "the image that its %s %zu names is not of that series",
                       part, number);
    if (c->nearest.off_mm <= c->allowed_mm)
        return err_set(why, ERR_REFUSED, "its %s %zu reaches beyond the pixels of its image", part,
                       number);
    return err_set(why, ERR_REFUSED, "its %s %zu lies %.3g mm off the image that it names", part,
                   number, c->nearest.off_mm);
}

static bool check_contours(struct contour_check *c, const struct rtstruct *set, size_t roi,
                           struct err *why)
{
    if (roi >= set->rois || set->roi[roi].contours == 0)
        return err_set(why, ERR_REFUSED, "it has no contour that names an image");
    const struct rtstruct_roi *r = &set->roi[roi];
    for (size_t i = 0; i < r->contours; i++)
        if (!check_points(c, r->image[i], r->contour[i].point_mm, r->contour[i].points, "contour",
                          i + 1, why))
            return false;
    return true;
}

static void corners_of(const struct seg *seg, const struct seg_frame *f, double point[12])
{
    for (int corner = 0; corner < 4; corner++)
        for (int a = 0; a < 3; a++)
            point[3 * corner + a] =
                f->position_mm[a] +
                (corner & 1 ? (double)(seg->columns - 1) * f->spacing_mm[0] * f->direction[a] : 0) +
                (corner & 2 ? (double)(seg->rows - 1) * f->spacing_mm[1] * f->direction[3 + a] : 0);
}

static bool check_frames(struct contour_check *c, const struct seg *seg, size_t roi,
                         struct err *why)
{
    size_t n = 0;
    for (size_t i = 0; roi < seg->segments && i < seg->frames; i++) {
        const struct seg_frame *f = &seg->frame[i];
        double point[12];
        if (f->segment >= 0 && f->segment != seg->segment[roi].number)
            continue;
        n++;
        corners_of(seg, f, point);
        if (!check_points(c, f->images, point, 4, "frame", i + 1, why))
            return false;
    }
    return n > 0 || err_set(why, ERR_REFUSED, "it has no frame that names an image");
}

bool drawn_on_images(struct drawn *d, const struct home_search *search,
                     const struct course_file *set, size_t roi, const struct group *g,
                     struct err *why)
{
    struct contour_check c = {.groups = search->groups, .group = g, .allowed_mm = -1};
    if (!read_set(d, search->root, set))
        return err_set(why, ERR_REFUSED, "its contours cannot be read");
    return is_seg(set) ? check_frames(&c, &d->segments, roi, why)
                       : check_contours(&c, &d->structures, roi, why);
}
