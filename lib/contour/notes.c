#include "contour/fill.h"

#include <inttypes.h>
#include <stdio.h>

/* "1 contour", "3 contours". */
static void note_count(struct str_list *notes, size_t n, const char *what)
{
    if (n == 0)
        return;
    char text[256];
    snprintf(text, sizeof text, "%zu contour%s %s", n, n == 1 ? "" : "s", what);
    str_list_add(notes, text);
}

static void note_places(const struct fill_report *r, struct str_list *notes)
{
    char text[256];
    if (r->gap_slices > 0) {
        snprintf(text, sizeof text,
                 "gap: %" PRId64 " slice%s between the first and the last contour without one, the "
                 "first is slice %" PRId64,
                 r->gap_slices, r->gap_slices == 1 ? "" : "s", r->first_gap);
        str_list_add(notes, text);
    }
    if (r->off_centre > 0) {
        snprintf(text, sizeof text,
                 "%zu contour%s between slices, up to %.3g of a slice spacing off; each was filled "
                 "into its nearest slice",
                 r->off_centre, r->off_centre == 1 ? "" : "s", r->farthest);
        str_list_add(notes, text);
    }
    if (r->axis != 2) {
        snprintf(text, sizeof text, "contours lie across axis %d of the image", r->axis + 1);
        str_list_add(notes, text);
    }
}

void fill_notes(const struct fill_report *report, struct str_list *notes)
{
    const struct {
        size_t n;
        const char *what;
    } row[] = {
        {report->points, "of type POINT not filled"},
        {report->open, "of an OPEN type not filled"},
        {report->unreadable, "not readable: unknown type, or coordinates that are no numbers"},
        {report->short_ones, "with fewer than three different points not filled"},
        {report->not_flat, "not parallel to the slices not filled"},
        {report->outside, "more than half a slice spacing outside the image not filled"},
        {report->miscounted, "with another number of points than the file says, drawn as they are"},
        {report->trailed, "with an empty value behind the last coordinate, which was dropped"},
        {report->repeated, "repeated exactly, counted once"},
        {report->crowded, "gave way to others nearer to their slice"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        note_count(notes, row[i].n, row[i].what);
    note_places(report, notes);
}
