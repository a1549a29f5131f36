#include "report/view.h"

#include <math.h>
#include <string.h>

const char *const view_plane_names[VIEW_PLANES] = {"axial", "coronal", "sagittal"};

/* Which index axis runs along which axis of the patient: of the six assignments the one whose
 * direction cosines are largest. axis[p] is the index axis of patient axis p (x, y, z). */
static void assign_axes(const struct grid *g, int axis[3])
{
    static const int order[6][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                    {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    double best = -1;
    for (int k = 0; k < 6; k++) {
        double sum = 0;
        for (int p = 0; p < 3; p++)
            sum += fabs(g->direction[3 * p + order[k][p]]);
        if (sum > best + 1e-9) {
            best = sum;
            memcpy(axis, order[k], sizeof order[k]);
        }
    }
}

/* Patient axes (LPS) across and down, and whether they are shown from high to low. */
static const struct {
    int across, down, through;
    bool turns_across, turns_down;
} layout[VIEW_PLANES] = {
    [VIEW_AXIAL] = {0, 1, 2, false, false}, /* left at the right, back at the bottom */
    [VIEW_CORONAL] = {0, 2, 1, false, true},
    [VIEW_SAGITTAL] = {1, 2, 0, false, true}, /* front at the left */
};

static double step_of(const struct grid *g, int patient, int index, bool turns, double pixel_mm)
{
    bool backwards = (g->direction[3 * patient + index] < 0) != turns;
    return (backwards ? -1 : 1) * pixel_mm / g->spacing_mm[index];
}

struct view view_make(const struct grid *g, enum view_plane plane, const int64_t slice[3],
                      const double centre[3], double field_mm)
{
    int axis[3];
    assign_axes(g, axis);
    double pixel_mm = field_mm / VIEW_PIXELS, half = (VIEW_PIXELS - 1) / 2.0;
    struct view v = {.across = axis[layout[plane].across],
                     .down = axis[layout[plane].down],
                     .through = axis[layout[plane].through]};
    v.step_across =
        step_of(g, layout[plane].across, v.across, layout[plane].turns_across, pixel_mm);
    v.step_down = step_of(g, layout[plane].down, v.down, layout[plane].turns_down, pixel_mm);
    v.first_across = centre[v.across] - half * v.step_across;
    v.first_down = centre[v.down] - half * v.step_down;
    v.slice = slice[v.through];
    return v;
}

/* The letters of a direction: its largest component, and others that are no trifle. */
static void name_direction(const struct grid *g, int index, double sign, char out[VIEW_LETTERS])
{
    static const char high[] = "LPS", low[] = "RAI";
    static const double trifle = 0.26; /* 15 degrees */
    bool used[3] = {false};
    int n = 0;
    for (int k = 0; k < 3; k++) {
        int best = -1;
        for (int p = 0; p < 3; p++)
            if (!used[p] && (best < 0 || fabs(g->direction[3 * p + index]) >
                                             fabs(g->direction[3 * best + index]) + 1e-9))
                best = p;
        double cosine = g->direction[3 * best + index] * sign;
        used[best] = true;
        if (k == 0 || fabs(cosine) > trifle)
            out[n++] = cosine > 0 ? high[best] : low[best];
    }
    out[n] = '\0';
}

struct view_letters view_letters(const struct view *v, const struct grid *g)
{
    struct view_letters l;
    name_direction(g, v->across, -v->step_across, l.left);
    name_direction(g, v->across, v->step_across, l.right);
    name_direction(g, v->down, -v->step_down, l.top);
    name_direction(g, v->down, v->step_down, l.bottom);
    return l;
}
