/* From references to a series: rules 1 to 3 of home.h. */
#include "course/home_private.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* May both be the same patient? An empty identifier may belong to anybody. */
static bool may_be_patient(const struct finder *f, const struct group *g)
{
    const char *a = home_patient(f), *b = group_text(g, DICOM_PATIENT_ID);
    return !a[0] || !b[0] || strcmp(a, b) == 0;
}

static bool is_declared(const struct finder *f)
{
    for (size_t i = 0; i < f->set->references; i++)
        if (strcmp(f->set->reference[i].frame_of_reference, f->roi->frame_of_reference) == 0)
            return true;
    return false;
}

/* Does a declared series count for the region? Those of its own frame do; all of them where its
 * frame is not given, or declared nowhere. */
static bool counts(const struct finder *f, const struct dicom_reference *r)
{
    const char *frame = f->roi->frame_of_reference;
    return !frame[0] || strcmp(r->frame_of_reference, frame) == 0 || !is_declared(f);
}

/* --- groups by the series that are named --- */

struct named {
    const struct group **group; /* distinct series that were found */
    size_t n;
    size_t series;     /* how many series are named */
    const char *first; /* the first of them */
    /* of a series that is referred to but belongs to another patient */
    const struct group *another;
};

static void add_group(struct named *named, const struct group *g)
{
    for (size_t i = 0; i < named->n; i++)
        if (named->group[i] == g)
            return;
    named->group = mem_grow(named->group, named->n + 1, sizeof *named->group);
    named->group[named->n++] = g;
}

static void find_named(const struct finder *f, struct named *named)
{
    *named = (struct named){0};
    for (size_t i = 0; i < f->set->references; i++) {
        const struct dicom_reference *r = &f->set->reference[i];
        const struct group *const *g;
        if (!r->series[0] || !counts(f, r))
            continue;
        size_t n = group_find_series(f->search->groups, r->series, &g);
        named->first = named->first ? named->first : r->series;
        named->series++;
        for (size_t k = 0; k < n; k++) {
            if (may_be_patient(f, g[k]))
                add_group(named, g[k]);
            else
                named->another = g[k];
        }
    }
}

/* --- groups by the images that are named --- */

struct images {
    size_t named, missing;
    /* two groups that hold some of the images, when there are two */
    const struct group *first, *second;
    const struct group
        *another; /* a group that holds some of the images but belongs to another patient */
    const struct group *home; /* this group holds images that no other group has */
    bool *seen;               /* of each instance of the set */
};

static void count_image(const struct finder *f, uint32_t which, struct images *images)
{
    const struct group_image *at;
    const char *uid = f->set->instances.item[which];
    size_t n = group_find_image(f->search->groups, uid, &at), here = 0;
    if (images->seen[which])
        return;
    images->seen[which] = true;
    for (size_t i = 0; i < n && images->home; i++)
        if (at[i].group == images->home)
            n = 1, at = &at[i];
    for (size_t i = 0; i < n; i++) {
        const struct group *g = at[i].group;
        if (!may_be_patient(f, g)) {
            images->another = g;
            continue;
        }
        here++;
        if (!images->first)
            images->first = g;
        else if (g != images->first)
            images->second = g;
    }
    images->named++;
    images->missing += here == 0;
}

/* Those that the region's contours or frames name; with `lists`, also those that are listed for its
 * series. */
static struct images count_images(const struct finder *f, const struct group *home, bool lists)
{
    struct images images = {.home = home,
                            .seen = mem_must(calloc(f->set->instances.n + 1, sizeof(bool)))};
    for (size_t i = 0; i < f->roi->images; i++)
        count_image(f, f->roi->image[i].instance, &images);
    for (size_t r = 0; lists && r < f->set->references; r++) {
        const struct dicom_reference *reference = &f->set->reference[r];
        if (!counts(f, reference) ||
            (home && strcmp(reference->series, group_text(home, DICOM_SERIES_UID)) != 0))
            continue;
        for (size_t i = 0; i < reference->images; i++)
            count_image(f, reference->image[i].instance, &images);
    }
    free(images.seen);
    images.seen = NULL;
    return images;
}

static bool two_series(struct finder *f, const struct group *a, const struct group *b)
{
    return home_nowhere(f, "the images that it names are of two series: %s and %s",
                        group_text(a, DICOM_SERIES_UID), group_text(b, DICOM_SERIES_UID));
}

/* --- the rules --- */

static bool agree(struct finder *f, const struct group *g)
{
    struct images images = count_images(f, g, true);
    const struct group *other = images.first != g ? images.first : images.second;
    if (other)
        return home_nowhere(f, "it names the series %s, and images of the series %s",
                            group_text(g, DICOM_SERIES_UID), group_text(other, DICOM_SERIES_UID));
    f->home->group = g;
    return true;
}

/* Of several series, the one whose images the region refers to. */
static bool by_own_images(struct finder *f, const struct named *named)
{
    struct images images = count_images(f, NULL, false);
    if (images.second)
        return two_series(f, images.first, images.second);
    for (size_t i = 0; i < named->n; i++)
        if (named->group[i] == images.first)
            return agree(f, images.first);
    return home_nowhere(
        f,
        "it refers to %zu series (%zu of them there), and its contours do not say which "
        "one they belong to",
        named->series, named->n);
}

/* No series of these UIDs exists, or none is referred to: the images decide, and all of them must
 * agree. */
static bool by_images(struct finder *f, const struct named *named)
{
    struct images images = count_images(f, NULL, true);
    const char *first = named->first ? named->first : "";
    const char *more = named->series > 1 ? " and others" : "";
    if (images.second)
        return two_series(f, images.first, images.second);
    if (images.missing && !images.first && images.another)
        return home_nowhere(f,
                            "it is of patient '%s', the images that it names are of patient '%s'",
                            home_patient(f), group_text(images.another, DICOM_PATIENT_ID));
    if (images.missing && named->first)
        return home_nowhere(
            f,
            "the series that it refers to is not there: %s%s; nor are %zu of the %zu "
            "images that it names",
            first, more, images.missing, images.named);
    if (images.missing)
        return home_nowhere(f, "%zu of the %zu images that it names are not there", images.missing,
                            images.named);
    if (named->first)
        home_forgive(
            f,
            "the series that it refers to is not there (%s%s); all %zu images that it names are "
            "of this one",
            first, more, images.named);
    f->home->group = images.first;
    return true;
}

static bool by_frame(struct finder *f)
{
    const struct group *g, *found = NULL;
    const char *unused;
    size_t n = group_find_patient(f->search->groups, home_patient(f), &g), fit = 0;
    for (size_t i = 0; i < n; i++)
        if (strcmp(group_text(&g[i], DICOM_STUDY_UID), f->set->text[DICOM_STUDY_UID]) == 0 &&
            home_shares_frame(f, &g[i], &unused) && fit++ == 0)
            found = &g[i];
    if (fit != 1)
        return home_nowhere(f,
                            "it refers to no series, and %zu series share its study and frame of "
                            "reference",
                            fit);
    f->home->group = found;
    return true;
}

bool home_by_references(struct finder *f)
{
    struct named named;
    bool found;
    find_named(f, &named);
    if (named.n == 0 && named.another)
        found = home_nowhere(
            f, "it is of patient '%s', the series that it refers to is of patient '%s'",
            home_patient(f), group_text(named.another, DICOM_PATIENT_ID));
    else if (named.n == 1)
        found = agree(f, named.group[0]);
    else if (named.n > 1)
        found = by_own_images(f, &named);
    else if (count_images(f, NULL, true).named > 0)
        found = by_images(f, &named);
    else if (named.first)
        found = home_nowhere(
            f, "the series that it refers to is not there: %s%s; and it names no images",
            named.first, named.series > 1 ? " and others" : "");
    else
        found = by_frame(f);
    free(named.group);
    return found;
}
