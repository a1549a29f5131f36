#include "course/series_steps.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct plane plane_of(const struct dicom_header *h, size_t source, size_t frame)
{
    const struct dicom_frame *f = &h->frame[frame];
    struct plane p = {.rows = h->rows, .columns = h->columns, .source = source, .frame = frame};
    memcpy(p.position_mm, f->position_mm, sizeof p.position_mm);
    memcpy(p.orientation, f->orientation, sizeof p.orientation);
    memcpy(p.spacing_mm, f->spacing_mm, sizeof p.spacing_mm);
    p.thickness_mm = f->has & DICOM_HAS_THICKNESS ? fabs(f->thickness_mm) : 0;
    return p;
}

static bool make_planes(struct series_pool *s, struct err *e)
{
    size_t n = 0;
    for (size_t i = 0; i < s->files; i++)
        n += s->file[i]->header.frames;
    s->planes = 0;
    free(s->plane);
    s->plane = mem_array(n, sizeof *s->plane, e);
    if (!s->plane)
        return false;
    for (size_t i = 0; i < s->files; i++)
        for (size_t k = 0; k < s->file[i]->header.frames; k++)
            s->plane[s->planes++] = plane_of(&s->file[i]->header, i, k);
    return true;
}

/* How many decimals positions and cosines have, and which tolerance follows from it. */
static struct geometry_rules rules_of(const struct series_pool *s, const struct series_wish *wish)
{
    struct geometry_rules rules = {.has_decimals = s->planes > 0, .interpolate = wish->interpolate};
    for (size_t k = 0; k < s->planes; k++) {
        const struct dicom_frame *f = series_frame(s, &s->plane[k]);
        rules.has_decimals = rules.has_decimals && f->position_decimals >= 0;
        if (f->position_decimals > rules.position_decimals)
            rules.position_decimals = f->position_decimals;
        if (f->cosine_decimals > rules.cosine_decimals)
            rules.cosine_decimals = f->cosine_decimals;
    }
    rules.no_shear = s->files && strcmp(series_text(s->file[0], DICOM_MODALITY), "CT") == 0;
    return rules;
}

/* Gives the volume its files in slice order (by the first plane of each), and renumbers the planes'
 * sources. */
static bool take_files(const struct series_pool *from, struct series *s, struct err *e)
{
    s->file = mem_array(from->files, sizeof(struct course_file *), e);
    size_t *place = mem_array(from->files, sizeof *place, e);
    bool ok = s->file && place;
    for (size_t k = 0; ok && k < s->planes; k++) {
        struct plane *p = &s->plane[k];
        if (!place[p->source]) {
            s->file[s->files++] = from->file[p->source];
            place[p->source] = s->files;
        }
        p->source = place[p->source] - 1;
    }
    free(place);
    return ok;
}

/* One volume of n planes. ERR_REFUSED when they make none; its files are known nevertheless. */
static bool make_volume(const struct series_pool *from, const struct plane *plane, size_t n,
                        const struct geometry_rules *rules, struct series *s, struct err *e)
{
    struct geometry found;
    s->plane = mem_array(n + GEOMETRY_ROOM(n), sizeof *s->plane, e);
    if (!s->plane)
        return false;
    memcpy(s->plane, plane, n * sizeof *plane);
    s->planes = n;
    struct err why = {0};
    bool ok = geometry_build(s->plane, &s->planes, rules, &found, &why);
    if (!ok && e)
        *e = why;
    s->grid = found.grid;
    s->tilted = found.tilted;
    s->rounded_mm = found.rounded_mm;
    s->sheared = found.sheared;
    s->made_up = found.made_up;
    s->position_decimals = rules->position_decimals;
    s->cosine_decimals = rules->cosine_decimals;
    return take_files(from, s, ok ? e : NULL) && ok;
}

/* The volumes of a split; one that is no volume has the reason. */
static bool make_volumes(const struct series_pool *s, const struct split *split,
                         const struct geometry_rules *rules, struct series_list *out, struct err *e)
{
    free(out->item);
    out->item = mem_array(split->n, sizeof *out->item, e);
    for (size_t i = 0; out->item && i < split->n; i++) {
        struct err why = {0};
        struct series *volume = &out->item[out->n++];
        const size_t first = split->first[i], n = split->first[i + 1] - first;
        volume->label = mem_strdup(split->label[i]);
        if (make_volume(s, split->plane + first, n, rules, volume, &why))
            continue;
        volume->refusal = mem_strdup(why.text);
        if (why.code != ERR_REFUSED && e)
            *e = why;
        if (why.code != ERR_REFUSED)
            return false;
    }
    return out->item != NULL;
}

/* From the planes of the usable files to volumes. */
static bool arrange(struct series_pool *s, const struct series_wish *wish, struct series_list *out,
                    struct series_drops *drops, struct err *e)
{
    if (!series_check_files(s, e) || !make_planes(s, e))
        return false;
    if (wish->volume)
        split_keep(s, wish->volume);
    if (s->planes == 0)
        return err_set(e, ERR_REFUSED, "no image of the volume %s", wish->volume);
    const struct geometry_rules rules = rules_of(s, wish);
    if (!geometry_sort(s->plane, s->planes, &rules, e))
        return false;
    if (series_shares_places(s))
        series_drop_twins(s, wish, drops);
    struct err why = {0};
    struct split split = {0};
    out->item = mem_array(1, sizeof *out->item, e);
    if (!out->item)
        return false;
    bool whole = make_volume(s, s->plane, s->planes, &rules, &out->item[0], &why);
    bool ok = whole || why.code == ERR_REFUSED;
    double even_mm = whole ? out->item[0].grid.spacing_mm[2] : 0;
    out->n = 1;
    if (ok && !wish->volume)
        ok = split_find(s, &rules, even_mm, &split, &why);
    if (ok && split.n) {
        series_list_free(out);
        ok = make_volumes(s, &split, &rules, out, &why);
    } else if (ok && !whole && series_shares_places(s)) {
        const struct err shared = why;
        ok = err_set(&why, ERR_REFUSED, "%.300s, and none of these tells them apart: %s",
                     shared.text, split_attributes);
    } else {
        ok = ok && whole;
        if (ok && wish->volume)
            out->item[0].label = mem_strdup(wish->volume);
    }
    split_free(&split);
    if (!ok && e)
        *e = why;
    return ok;
}

static bool is_complete(const struct series_list *l, const struct strays *strays)
{
    for (size_t i = 0; i < l->n; i++)
        if (l->item[i].refusal || l->item[i].made_up || strays_fill_place(strays, &l->item[i]))
            return false;
    return true;
}

/* First without the stray images; when that gives no complete volume, they are treated as slices
 * like all others, and the message is about them. */
static bool arrange_without_strays(struct series_pool *s, const struct series_wish *wish,
                                   struct series_list *out, struct series_drops *drops,
                                   struct err *e)
{
    struct strays strays = {0};
    const size_t dropped = drops->n, files = s->files;
    const struct course_file **all = mem_array(files, sizeof(struct course_file *), e);
    if (!all)
        return false;
    memcpy(all, s->file, files * sizeof *all);
    strays_take(s, wish, &strays);
    struct err ignored = {0};
    bool ok = strays.n && arrange(s, wish, out, drops, &ignored) && is_complete(out, &strays);
    for (size_t i = 0; ok && i < strays.n; i++)
        series_drop_file(drops, strays.item[i].file, strays.item[i].reason);
    if (!ok) {
        series_list_free(out);
        drops->n = dropped;
        s->files = files;
        memcpy(s->file, all, files * sizeof *all);
        ok = arrange(s, wish, out, drops, e);
        if (!ok && strays.named && e)
            err_wrap(e, "an image of another form is named by a contour or segment (%.100s)",
                     strays.named);
    }
    free(all);
    free(strays.item);
    return ok;
}

bool series_arrange(const struct course_file *const *file, size_t n, const struct series_wish *wish,
                    struct series_list *out, struct series_drops *drops, struct err *e)
{
    struct series_pool s = {0};
    *out = (struct series_list){0};
    *drops = (struct series_drops){0};
    s.file = mem_array(n, sizeof(struct course_file *), e);
    drops->item = mem_array(2 * n, sizeof *drops->item, e);
    bool ok = s.file && drops->item && series_choose_files(file, n, &s, drops, e) &&
              arrange_without_strays(&s, wish, out, drops, e);
    free(s.file);
    free(s.plane);
    if (!ok)
        series_list_free(out);
    return ok;
}

void series_free(struct series *s)
{
    free(s->file);
    free(s->plane);
    free(s->label);
    free(s->refusal);
    *s = (struct series){0};
}

void series_list_free(struct series_list *l)
{
    for (size_t i = 0; i < l->n; i++)
        series_free(&l->item[i]);
    free(l->item);
    *l = (struct series_list){0};
}

void series_drops_free(struct series_drops *d)
{
    free(d->item);
    *d = (struct series_drops){0};
}
