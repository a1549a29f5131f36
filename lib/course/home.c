#include "course/home_private.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static void check_patient(struct finder *f)
{
    const char *own = home_patient(f), *its = group_text(f->home->group, DICOM_PATIENT_ID);
    if (strcmp(own, its) != 0)
        home_forgive(f, "%s has no patient identifier; its references are to this series",
                     own[0] ? "the series" : "its file");
}

/* A series for which the file declares this frame of reference; NULL when the region's series is
 * one of these, or there is none. */
static const char *series_of_own(const struct finder *f, const char *frame)
{
    const char *other = NULL;
    for (size_t i = 0; i < f->set->references; i++) {
        const struct dicom_reference *r = &f->set->reference[i];
        if (strcmp(r->frame_of_reference, frame) != 0 || !r->series[0])
            continue;
        if (strcmp(r->series, group_text(f->home->group, DICOM_SERIES_UID)) == 0)
            return NULL;
        other = r->series;
    }
    return other;
}

static bool check_frame(struct finder *f)
{
    const char *frame = group_text(f->home->group, DICOM_FRAME_OF_REFERENCE), *given;
    if (!frame[0] || home_shares_frame(f, f->home->group, &given) || !given[0])
        return true;
    f->home->frame_differs = true;
    if (f->search->any_frame) {
        f->home->frame_overridden = true;
        home_forgive(
            f, "drawn in frame of reference %s, its series is in %s: taken as it was asked for",
            given, frame);
        return true;
    }
    const char *own = series_of_own(f, given);
    if (own)
        return home_nowhere(
            f,
            "its coordinates are in frame of reference %s, which its file declares with "
            "the series %s; this one is in %s (ANY_FRAME=1 takes it)",
            given, own, frame);
    struct err why = {0};
    if (!drawn_on_images(&f->drawn, f->search, f->file, (size_t)(f->roi - f->set->roi),
                         f->home->group, &why))
        return home_nowhere(
            f,
            "its coordinates are in frame of reference %s, its series is in %s, and %s "
            "(ANY_FRAME=1 takes it)",
            given, frame, why.text);
    home_forgive(
        f,
        "drawn in frame of reference %s, its series is in %s; every contour lies on the image "
        "that it names",
        given, frame);
    return true;
}

size_t homes_count(const struct course_file *set)
{
    return set->header.rois ? set->header.rois : 1;
}

/* A region without contours cannot be drawn in a wrong place: it joins the other regions of its
 * set, so that it is listed in their course. */
static void send_empty(const struct dicom_header *set, struct home *home, size_t n)
{
    const struct home *others = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!home[i].group)
            continue;
        if (others && others->group != home[i].group)
            return;
        others = &home[i];
    }
    for (size_t i = 0; others && i < n && i < set->rois; i++) {
        if (home[i].group || set->roi[i].contours > 0)
            continue;
        free(home[i].reason);
        home[i].reason = NULL;
        home[i].group = others->group;
        home[i].frame_differs = true;
    }
}

struct home *homes_find(const struct home_search *search, const struct course_file *set)
{
    const struct dicom_roi nothing = {.name = "", .frame_of_reference = ""};
    const size_t n = homes_count(set);
    struct home *home = mem_must(calloc(n, sizeof *home));
    struct finder f = {.search = search, .file = set, .set = &set->header};
    for (size_t i = 0; i < n; i++) {
        f.roi = set->header.rois ? &set->header.roi[i] : &nothing;
        f.home = &home[i];
        if (home_by_references(&f) && check_frame(&f))
            check_patient(&f);
    }
    send_empty(&set->header, home, n);
    drawn_free(&f.drawn);
    return home;
}

void homes_free(struct home *home, size_t n)
{
    for (size_t i = 0; home && i < n; i++) {
        free(home[i].reason);
        str_list_free(&home[i].notes);
    }
    free(home);
}
