#include "masks/nrrd_grid.h"

#include "base/num.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_AXES = 4, MOST_FIELD = 512 };

/* What stands behind "name:", up to its line's end and beyond; NULL without such a line. */
static const char *find_field(const char *header, const char *name)
{
    size_t n = strlen(name);
    for (const char *line = header; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, name, n) == 0 && line[n] == ':' && line[n + 1] != '=')
            return line + n + 1;
    }
    return NULL;
}

/* The value of "name: value" without blanks at its ends; false when there is no such line, or it is
 * too long. */
static bool field(const char *header, const char *name, char value[MOST_FIELD])
{
    const char *text = find_field(header, name);
    if (!text)
        return false;
    text += strspn(text, " \t");
    size_t length = strcspn(text, "\r\n");
    while (length && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    if (length >= MOST_FIELD)
        return false;
    memcpy(value, text, length);
    value[length] = '\0';
    return true;
}

/* Signs that turn the file's space into LPS. */
static bool space_signs(const char *space, double sign[3])
{
    static const struct {
        const char *words, *letters;
        double sign[3];
    } table[] = {
        {"left-posterior-superior", "LPS", {1, 1, 1}},
        {"right-anterior-superior", "RAS", {-1, -1, 1}},
        {"left-anterior-superior", "LAS", {1, -1, 1}},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(space, table[i].words) == 0 || strcmp(space, table[i].letters) == 0) {
            memcpy(sign, table[i].sign, sizeof table[i].sign);
            return true;
        }
    return false;
}

/* "(1,2,3)" at *text, which is moved behind it. */
static bool vector(const char **text, double v[3])
{
    const char *at = *text + strspn(*text, " \t");
    for (int i = 0; i < 3; i++) {
        char number[64];
        at++; /* the parenthesis or the comma */
        at += strspn(at, " \t");
        size_t n = strcspn(at, ",) \t");
        if (at[-1] == '\0' || n == 0 || n >= sizeof number)
            return false;
        memcpy(number, at, n);
        number[n] = '\0';
        at += n;
        at += strspn(at, " \t");
        if (!num_parse_double(number, &v[i]) || !isfinite(v[i]) || *at != (i < 2 ? ',' : ')'))
            return false;
    }
    *text = at + 1;
    return true;
}

/* An axis of space, as the next one of the grid. Sizes are bounded as NIfTI's are
 * (io/nii_header.c).
 */
static bool take_axis(struct grid *g, int axis, int64_t size, const double step[3],
                      const double sign[3])
{
    double length = sqrt(step[0] * step[0] + step[1] * step[1] + step[2] * step[2]);
    if (axis >= 3 || size < 1 || size > INT32_MAX || !(length > 0))
        return false;
    g->size[axis] = size;
    g->spacing_mm[axis] = length;
    for (int r = 0; r < 3; r++)
        g->direction[3 * r + axis] = sign[r] * step[r] / length;
    return true;
}

/* Sizes and directions go through the axes side by side; an axis of direction "none" is no space.
 */
static bool take_axes(const char *sizes, const char *directions, const double sign[3],
                      struct grid *g)
{
    int axes = 0;
    for (int a = 0; a < MOST_AXES; a++) {
        char *end;
        double step[3];
        long long size = strtoll(sizes, &end, 10);
        directions += strspn(directions, " \t");
        if (end == sizes)
            break;
        sizes = end;
        if (strncmp(directions, "none", 4) == 0)
            directions += 4;
        else if (*directions != '(' || !vector(&directions, step) ||
                 !take_axis(g, axes++, size, step, sign))
            return false;
    }
    return axes == 3 && sizes[strspn(sizes, " \t")] == '\0' &&
           directions[strspn(directions, " \t")] == '\0';
}

bool nrrd_grid(const char *header, struct grid *g, struct err *e)
{
    char space[MOST_FIELD], sizes[MOST_FIELD], directions[MOST_FIELD], origin[MOST_FIELD];
    const char *at = origin;
    double sign[3], inverse[9];
    *g = (struct grid){.dims = 3};
    if (!field(header, "space", space) || !space_signs(space, sign))
        return err_set(e, ERR_REFUSED, "NRRD in no space of patients (LPS, RAS or LAS)");
    if (!field(header, "sizes", sizes) || !field(header, "space directions", directions) ||
        !take_axes(sizes, directions, sign, g) || !field(header, "space origin", origin) ||
        *at != '(' || !vector(&at, g->origin_mm) || !grid_inverse(g, inverse))
        return err_set(e, ERR_REFUSED,
                       "NRRD whose sizes, space directions and space origin make no grid");
    for (int r = 0; r < 3; r++)
        g->origin_mm[r] *= sign[r];
    return true;
}

bool nrrd_is_detached(const char *header)
{
    return find_field(header, "data file") || find_field(header, "datafile");
}
