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
                uid[(*n)++] = h->instances.item[h->roi[r].image[i]];
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

/* --- where an image is --- */

struct place {
    const char *uid;
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

static void add(struct places *p, const struct course_file *f, size_t volume)
{
    p->item[p->n++] = (struct place){f->header.text[DICOM_SOP_UID], volume};
}

/* A dropped copy is where the image is that was kept instead. */
static void find_places(const struct series_list *l, const struct series_drops *drops,
                        struct places *p)
{
    size_t files = 0;
    for (size_t v = 0; v < l->n; v++)
        files += l->item[v].files;
    *p = (struct places){.item = mem_must(calloc(files + drops->n * l->n + 1, sizeof *p->item))};
    for (size_t v = 0; v < l->n; v++) {
        for (size_t i = 0; i < l->item[v].files; i++) {
            add(p, l->item[v].file[i], v);
            for (size_t d = 0; d < drops->n; d++)
                if (drops->item[d].instead == l->item[v].file[i])
                    add(p, drops->item[d].file, v);
        }
    }
    qsort(p->item, p->n, sizeof *p->item, by_uid);
}

enum { NO_VOLUME = -1, SEVERAL_VOLUMES = -2 };

/* The volume that holds images among those that are named. */
static long volume_of(const struct places *p, const struct dicom_header *h, const uint32_t *image,
                      size_t n, long volume)
{
    for (size_t i = 0; i < n; i++) {
        const struct place wanted = {.uid = h->instances.item[image[i]]};
        const struct place *at =
            p->n ? bsearch(&wanted, p->item, p->n, sizeof *p->item, by_uid) : NULL;
        while (at && at > p->item && by_uid(at - 1, &wanted) == 0)
            at--;
        for (; at && at < p->item + p->n && by_uid(at, &wanted) == 0; at++)
            volume = volume == NO_VOLUME || volume == (long)at->volume ? (long)at->volume
                                                                       : SEVERAL_VOLUMES;
    }
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
