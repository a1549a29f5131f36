/* The drawing of a sheet. What a pixel shows depends on its column and on its row apart from each
 * other, so each panel has one table for its columns and one for its rows; a pixel then costs a few
 * operations, and a region costs the pixels that its box covers. */
#include "report/sheet.h"

#include "base/mem.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void set_palette(struct picture *p)
{
    memset(p->palette, 0, sizeof p->palette);
    for (int i = 0; i < SHEET_GREYS; i++)
        memset(p->palette[i], i * 255 / (SHEET_GREYS - 1), 3);
    for (int k = 0; k < SHEET_KINDS; k++)
        memcpy(p->palette[SHEET_FIRST_COLOUR + k], sheet_colours[k].rgb, 3);
}

/* Greys of a window: from value - lo by one factor. A window of no width splits at lo. */
struct greys {
    double lo, per_unit;
};

static struct greys greys_of(const struct sheet_window *w)
{
    return (struct greys){w->lo, (SHEET_GREYS - 1) / (w->hi > w->lo ? w->hi - w->lo : DBL_MIN)};
}

/* A value that is not a number is black. */
static uint8_t grey_of(double value, struct greys g)
{
    double grey = (value - g.lo) * g.per_unit;
    return grey > 0 ? (uint8_t)((grey < SHEET_GREYS - 1 ? grey : SHEET_GREYS - 1) + 0.5) : 0;
}

/* One more than the panel on every side, so that every pixel of it has neighbours. */
enum { EDGE = VIEW_PIXELS + 2 };

/* The columns (or the rows) of a panel with its edge: entry i is pixel i - 1. */
struct line {
    int64_t nearest[EDGE]; /* index of the voxel shown; -1: outside the volume */
    int64_t low[EDGE];     /* the voxels to both sides of the pixel's centre, inside the volume */
    int64_t high[EDGE];
    double part[EDGE]; /* how far the centre is from low to high, 0..1 */
};

struct panel {
    const struct view *view;
    struct line across, down;
    uint8_t *pixel; /* of a picture whose rows are WIDTH pixels long */
    uint8_t *in;    /* scratch, EDGE * EDGE */
};

enum { WIDTH = VIEW_PLANES * VIEW_PIXELS };

static int64_t clamped(double index, int64_t size)
{
    return index < 0 ? 0 : index >= (double)size ? size - 1 : (int64_t)index;
}

static void line_make(struct line *l, double first, double step, int64_t size)
{
    for (int i = 0; i < EDGE; i++) {
        double at = first + (i - 1) * step, nearest = floor(at + 0.5), low = floor(at);
        l->nearest[i] = nearest < 0 || nearest >= (double)size ? -1 : (int64_t)nearest;
        l->low[i] = clamped(low, size);
        l->high[i] = clamped(low + 1, size);
        l->part[i] = at - low;
    }
}

/* Makes offsets behind the first voxel of a plane of `low` and `high`. */
static void line_from(struct line *l, int64_t lo)
{
    for (int i = 1; i <= VIEW_PIXELS; i++) {
        l->low[i] -= lo;
        l->high[i] -= lo;
    }
}

/* --- the image --- */

/* The voxels of the plane that the panel's pixels lie between, as doubles; free(). */
struct plane {
    struct box box;
    double *value, *row;                      /* row: of voxels across, at the height of a pixel */
    int64_t n_across, step_across, step_down; /* voxels; elements */
};

static void set_range(struct box *b, int axis, const struct line *l)
{
    int64_t a = l->low[1], z = l->low[VIEW_PIXELS], lo = a < z ? a : z;
    a = l->high[1];
    z = l->high[VIEW_PIXELS];
    b->lo[axis] = lo;
    b->size[axis] = (a > z ? a : z) - lo + 1;
}

static bool plane_read(struct plane *p, const struct volume *image, const struct panel *panel,
                       struct err *e)
{
    const struct view *v = panel->view;
    set_range(&p->box, v->across, &panel->across);
    set_range(&p->box, v->down, &panel->down);
    p->box.lo[v->through] = v->slice;
    p->box.size[v->through] = 1;
    p->n_across = p->box.size[v->across];
    p->value = mem_array((size_t)(box_voxels(&p->box) + p->n_across), sizeof *p->value, e);
    if (!p->value)
        return false;
    p->row = p->value + box_voxels(&p->box);
    volume_read_box(image, &p->box, p->value);
    const int64_t step[3] = {1, p->box.size[0], p->box.size[0] * p->box.size[1]};
    p->step_across = step[v->across];
    p->step_down = step[v->down];
    return true;
}

/* Linear between the two voxels; one of weight 0 says nothing, even if it is not a number. */
static double between(double low, double high, double part)
{
    return part > 0 ? (1 - part) * low + part * high : low;
}

/* The row of the plane that a row of pixels lies on: many pixels may share a voxel, so the voxels
 * are made first. */
static void blend_row(const struct plane *p, const struct line *down, int y)
{
    const double *above = p->value + down->low[y] * p->step_down,
                 *below = p->value + down->high[y] * p->step_down;
    for (int64_t i = 0; i < p->n_across; i++)
        p->row[i] = between(above[i * p->step_across], below[i * p->step_across], down->part[y]);
}

static void draw_row(const struct line *across, const double *voxel, struct greys greys,
                     uint8_t *row)
{
    for (int x = 1; x <= VIEW_PIXELS; x++)
        row[x - 1] =
            across->nearest[x] < 0
                ? 0
                : grey_of(between(voxel[across->low[x]], voxel[across->high[x]], across->part[x]),
                          greys);
}

static bool draw_grey(struct panel *panel, const struct volume *image, const struct sheet_window *w,
                      struct err *e)
{
    struct line *across = &panel->across, *down = &panel->down;
    const struct greys greys = greys_of(w);
    struct plane p;
    if (!plane_read(&p, image, panel, e))
        return false;
    line_from(across, p.box.lo[panel->view->across]);
    line_from(down, p.box.lo[panel->view->down]);
    for (int y = 1; y <= VIEW_PIXELS; y++) {
        if (down->nearest[y] < 0)
            continue;
        blend_row(&p, down, y);
        draw_row(across, p.row, greys, panel->pixel + (size_t)(y - 1) * WIDTH);
    }
    free(p.value);
    return true;
}

/* --- contours --- */

/* The pixels of a line that lie in the region's box: from first on, `count` of them. The indices of
 * a line rise or fall, so these are neighbours. */
static void covered(const struct line *l, const struct box *b, int axis, int *first, int *count)
{
    *first = *count = 0;
    for (int i = 0; i < EDGE; i++) {
        int64_t at = l->nearest[i] - b->lo[axis];
        if (l->nearest[i] < 0 || at < 0 || at >= b->size[axis])
            continue;
        if ((*count)++ == 0)
            *first = i;
    }
}

struct area {
    int x, y, width, height; /* pixels with the edge */
};

/* Marks with 1 the pixels of the panel that are inside; the others are 0 before. */
static void mark_inside(const struct label_mask *m, struct panel *p, const struct area *a)
{
    const struct box *b = &m->box;
    const struct view *v = p->view;
    const int64_t step[3] = {1, b->size[0], b->size[0] * b->size[1]};
    const uint8_t *in = m->in + (v->slice - b->lo[v->through]) * step[v->through];
    for (int y = a->y; y < a->y + a->height; y++) {
        const uint8_t *row = in + (p->down.nearest[y] - b->lo[v->down]) * step[v->down];
        for (int x = a->x; x < a->x + a->width; x++)
            p->in[y * EDGE + x] = row[(p->across.nearest[x] - b->lo[v->across]) * step[v->across]];
    }
}

static bool has_other(const uint8_t *in, int at, uint8_t what)
{
    return in[at - 1] == what || in[at + 1] == what || in[at - EDGE] == what ||
           in[at + EDGE] == what;
}

/* The part of an area that is on the panel, without the edge. */
static struct area on_panel(const struct area *a)
{
    int x = a->x > 1 ? a->x : 1, y = a->y > 1 ? a->y : 1;
    int right = a->x + a->width, bottom = a->y + a->height;
    right = right < VIEW_PIXELS + 1 ? right : VIEW_PIXELS + 1;
    bottom = bottom < VIEW_PIXELS + 1 ? bottom : VIEW_PIXELS + 1;
    return (struct area){x, y, right - x, bottom - y};
}

/* Makes 2 of the inside pixels that have a neighbour outside. */
static void mark_border(uint8_t *in, const struct area *a)
{
    for (int y = a->y; y < a->y + a->height; y++)
        for (int x = a->x; x < a->x + a->width; x++)
            if (in[y * EDGE + x] == 1 && has_other(in, y * EDGE + x, 0))
                in[y * EDGE + x] = 2;
}

/* Own contours are two pixels thick, others dotted. */
static void draw_contour(const struct sheet_region *r, bool is_own, struct panel *p)
{
    uint8_t colour = (uint8_t)(SHEET_FIRST_COLOUR + sheet_kind_of(r->source));
    const struct box *b = &r->mask.box;
    int64_t depth = p->view->slice - b->lo[p->view->through];
    struct area all, seen;
    if (r->mask.n_voxels == 0 || depth < 0 || depth >= b->size[p->view->through])
        return;
    covered(&p->across, b, p->view->across, &all.x, &all.width);
    covered(&p->down, b, p->view->down, &all.y, &all.height);
    seen = on_panel(&all);
    mark_inside(&r->mask, p, &all);
    mark_border(p->in, &seen);
    for (int y = seen.y; y < seen.y + seen.height; y++)
        for (int x = seen.x; x < seen.x + seen.width; x++) {
            uint8_t here = p->in[y * EDGE + x];
            bool drawn = is_own ? here == 2 || (here == 1 && has_other(p->in, y * EDGE + x, 2))
                                : here == 2 && (x + y) % 4 < 2;
            if (drawn)
                p->pixel[(size_t)(y - 1) * WIDTH + (size_t)(x - 1)] = colour;
        }
    for (int y = all.y; y < all.y + all.height; y++)
        memset(p->in + y * EDGE + all.x, 0, (size_t)all.width);
}

static bool draw_panel(struct panel *p, const struct volume *image,
                       const struct sheet_region *region, size_t n, size_t which,
                       const struct sheet_window *window, struct err *e)
{
    const struct view *v = p->view;
    line_make(&p->across, v->first_across, v->step_across, image->grid.size[v->across]);
    line_make(&p->down, v->first_down, v->step_down, image->grid.size[v->down]);
    if (!draw_grey(p, image, window, e))
        return false;
    for (size_t i = 0; i < n; i++)
        if (i != which)
            draw_contour(&region[i], false, p);
    draw_contour(&region[which], true, p);
    return true;
}

bool sheet_draw(const struct volume *image, const struct sheet_region *region, size_t n,
                size_t which, const struct sheet_window *window, struct picture *picture,
                struct err *e)
{
    struct view view[VIEW_PLANES];
    struct panel *panel = mem_array(1, sizeof *panel, e);
    double field_mm;
    *picture = (struct picture){.width = WIDTH, .height = VIEW_PIXELS};
    picture->index = mem_array((size_t)WIDTH * VIEW_PIXELS, 1, e);
    uint8_t *in = mem_array((size_t)EDGE * EDGE, 1, e);
    bool ok = panel && picture->index && in;
    if (ok) {
        set_palette(picture);
        sheet_views(&region[which].mask, view, &field_mm);
    }
    for (int p = 0; ok && p < VIEW_PLANES; p++) {
        panel->view = &view[p];
        panel->pixel = picture->index + p * VIEW_PIXELS;
        panel->in = in;
        ok = draw_panel(panel, image, region, n, which, window, e);
    }
    free(panel);
    free(in);
    if (!ok)
        free(picture->index);
    return ok;
}
