/* What the files of series.h share: each is one step, in the order of series_arrange. */
#ifndef RADMILL_COURSE_SERIES_STEPS_H
#define RADMILL_COURSE_SERIES_STEPS_H

#include "course/series.h"

/* The files of a series while it is arranged. */
struct series_pool {
    const struct course_file **file;
    size_t files;
    struct plane *plane; /* of all files, .source indexes `file` */
    size_t planes;
};

static inline const char *series_text(const struct course_file *f, enum dicom_text which)
{
    return f->header.text[which];
}

static inline const struct dicom_frame *series_frame(const struct series_pool *s,
                                                     const struct plane *p)
{
    return &s->file[p->source]->header.frame[p->frame];
}

/* Do two of the sorted planes have the same position? */
static inline bool series_shares_places(const struct series_pool *s)
{
    for (size_t k = 0; k + 1 < s->planes; k++)
        if (s->plane[k + 1].along_mm - s->plane[k].along_mm < GEOMETRY_SAME_PLACE_MM)
            return true;
    return false;
}

/* --- series_files.c --- */

void series_drop_file(struct series_drops *d, const struct course_file *f, const char *reason);

/* Fills s->file with the files that count; drops localizers and second copies of an instance. */
bool series_choose_files(const struct course_file *const *file, size_t n, struct series_pool *s,
                         struct series_drops *drops, struct err *e);

/* Attributes that each file must have, and that all must agree on. */
bool series_check_files(const struct series_pool *s, struct err *e);

bool series_is_named(const struct series_wish *wish, const struct course_file *f);

/* --- series_stray.c: images that are no slices --- */

struct strays {
    struct series_drop *item;
    size_t n;
    /* a file that a contour or segment refers to, so that it is not a stray; or NULL */
    const char *named;
};

/* Takes files of another form than nearly all out of s. free(out->item). */
void strays_take(struct series_pool *s, const struct series_wish *wish, struct strays *out);

/* Does a stray image lie where this volume has a gap, or directly before or after the volume? */
bool strays_fill_place(const struct strays *strays, const struct series *volume);

/* --- series_copies.c: one image under several instance UIDs --- */

/* Of planes (sorted by place) that are copies of each other one is kept: one that is named first.
 */
void series_drop_twins(struct series_pool *s, const struct series_wish *wish,
                       struct series_drops *drops);

/* --- split.c: several volumes in one series --- */

struct split {
    struct plane *plane; /* all of them, by volume, then by place */
    size_t *first;       /* of each volume, and one behind the last */
    char **label;        /* of each volume: "AcquisitionNumber=2" */
    size_t n;            /* 0: not split */
};

/* Finds what tells the volumes of a series apart. `even`: it is one even volume already, with this
 * step; otherwise 0. */
bool split_find(const struct series_pool *s, const struct geometry_rules *rules, double even_mm,
                struct split *out, struct err *e);
void split_free(struct split *s);

/* Keeps the planes of the volume with this label. */
void split_keep(struct series_pool *s, const char *label);

/* The attributes by which a series can be split, for messages. */
extern const char split_attributes[];

#endif
