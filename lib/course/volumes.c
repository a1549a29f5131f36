#include "course/volumes.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_LIST = 200 };

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char **volumes_named(const struct sets_of_group *sets, size_t *n)
{
    const char **uid = mem_must(calloc(1, sizeof *uid));
    *n = 0;
    for (size_t m = 0; m < sets->n; m++) {
        const struct dicom_header *h = &sets->member[m].file->header;
        for (size_t r = 0; r < h->rois; r++) {
            if (sets->member[m].home[r].group != sets->group || h->roi[r].images == 0)
                continue;
            uid = mem_grow(uid, *n + h->roi[r].images, sizeof *uid);
            for (size_t i = 0; i < h->roi[r].images; i++)
                uid[(*n)++] = h->instances.item[h->roi[r].image[i].instance];
        }
    }
    if (*n)
        qsort(uid, *n, sizeof *uid, by_text);
    return uid;
}

char *volumes_text(const struct series_list *l)
{
    struct str text = {0};
    for (size_t i = 0; i < l->n; i++) {
        if (text.len > LONGEST_LIST) {
            str_addf(&text, "; and %zu more", l->n - i);
            break;
        }
        str_addf(&text, "%s%.100s", i ? "; " : "", l->item[i].label ? l->item[i].label : "");
    }
    return str_take(&text);
}

/* --- where a frame is --- */

struct place {
    const char *uid;
    uint32_t frame; /* from 1, as Referenced Frame Number; of a file of one image 1 */
    size_t volume;
};

struct places {
    struct place *item;
    size_t n;
};

static int by_uid(const void *a, const void *b)
{
    return strcmp(((const struct place *)a)->uid, ((const struct place *)b)->uid);
}

static int by_frame(const void *a, const void *b)
{
    const struct place *p = a, *q = b;
    int c = by_uid(p, q);
    return c ? c : (p->frame > q->frame) - (p->frame < q->frame);
}

static void add(struct places *p, const struct course_file *f, size_t frame, size_t volume)
{
    p->item[p->n++] = (struct place){f->header.text[DICOM_SOP_UID], (uint32_t)frame + 1, volume};
}

/* A dropped copy belongs where the image that was kept instead of it belongs. */
static void find_places(const struct series_list *l, const struct series_drops *drops,
                        struct places *p)
{
    size_t planes = 0;
    for (size_t v = 0; v < l->n; v++)
        planes += l->item[v].planes;
    *p = (struct places){.item = mem_must(calloc(planes + drops->n * l->n + 1, sizeof *p->item))};
    for (size_t v = 0; v < l->n; v++) {
        const struct series *s = &l->item[v];
        for (size_t k = 0; k < s->planes; k++)
            add(p, s->file[s->plane[k].source], s->plane[k].frame, v);
        for (size_t i = 0; i < s->files; i++)
            for (size_t d = 0; d < drops->n; d++)
                if (drops->item[d].instead == s->file[i])
                    add(p, drops->item[d].file, 0, v);
    }
    qsort(p->item, p->n, sizeof *p->item, by_frame);
}

enum { NO_VOLUME = -1, SEVERAL_VOLUMES = -2 };

/* The volumes of one image, or of one frame of it, beside `volume`. */
static long volume_of_image(const struct places *p, const char *uid, uint32_t frame, long volume)
{
    int (*const order)(const void *, const void *) = frame ? by_frame : by_uid;
    const struct place wanted = {.uid = uid, .frame = frame};
    const struct place *at = p->n ? bsearch(&wanted, p->item, p->n, sizeof *p->item, order) : NULL;
    while (at && at > p->item && order(at - 1, &wanted) == 0)
        at--;
    for (; at && at < p->item + p->n && order(at, &wanted) == 0 && volume != SEVERAL_VOLUMES; at++)
        volume =
            volume == NO_VOLUME || volume == (long)at->volume ? (long)at->volume : SEVERAL_VOLUMES;
    return volume;
}

/* The volume that holds images among those that are named. */
static long volume_of(const struct places *p, const struct dicom_header *h,
                      const struct dicom_named *image, size_t n, long volume)
{
    for (size_t i = 0; i < n; i++)
        volume = volume_of_image(p, h->instances.item[image[i].instance], image[i].frame, volume);
    return volume;
}

static long volume_of_lists(const struct places *p, const struct dicom_header *h,
                            const char *series)
{
    long volume = NO_VOLUME;
    for (size_t i = 0; i < h->references; i++)
        if (!h->reference[i].series[0] || strcmp(h->reference[i].series, series) == 0)
            volume = volume_of(p, h, h->reference[i].image, h->reference[i].images, volume);
    return volume;
}

static void belongs_nowhere(struct home *home, const struct series_list *l, bool several)
{
    char *labels = volumes_text(l);
    struct str reason = {0};
    str_addf(&reason,
             "several volumes in its series (%s), and its contours name images of %s: no setting "
             "takes it",
             labels, several ? "more than one of them" : "none of them");
    home->group = NULL;
    home->reason = str_take(&reason);
    free(labels);
}

/* Regions without contours, in the end. */
static void send_empty(struct set_member *m, const struct group *g, const struct series_list *l)
{
    const struct dicom_header *h = &m->file->header;
    const size_t none = l->n;
    size_t common = none;
    bool one = true;
    for (size_t r = 0; r < h->rois; r++) {
        if (m->home[r].group != g || h->roi[r].contours == 0)
            continue;
        one = one && (common == none || common == m->home[r].volume);
        common = m->home[r].volume;
    }
    for (size_t r = 0; r < h->rois; r++) {
        if (m->home[r].group != g || h->roi[r].contours > 0)
            continue;
        if (one && common != none)
            m->home[r].volume = common;
        else
            belongs_nowhere(&m->home[r], l, false);
    }
}

static void assign_member(struct set_member *m, const struct group *g, const struct series_list *l,
                          const struct places *places, bool *used)
{
    const struct dicom_header *h = &m->file->header;
    for (size_t r = 0; r < h->rois; r++) {
        struct home *home = &m->home[r];
        if (home->group != g || h->roi[r].contours == 0)
            continue;
        long volume = volume_of(places, h, h->roi[r].image, h->roi[r].images, NO_VOLUME);
        if (volume == NO_VOLUME)
            volume = volume_of_lists(places, h, group_text(g, DICOM_SERIES_UID));
        if (volume < 0) {
            belongs_nowhere(home, l, volume == SEVERAL_VOLUMES);
            continue;
        }
        home->volume = (size_t)volume;
        used[volume] = true;
    }
    send_empty(m, g, l);
}

void volumes_assign(const struct series_list *l, const struct series_drops *drops,
                    const struct sets_of_group *sets, bool *used)
{
    if (l->n == 1 && !l->item[0].label) {
        used[0] = true;
        return;
    }
    struct places places;
    find_places(l, drops, &places);
    for (size_t i = 0; i < sets->n; i++)
        assign_member(&sets->member[i], sets->group, l, &places, used);
    free(places.item);
}
