#include "vol/regrid.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* The axis of `from` that axis a of `to` runs along, and which way: from the corner of `to` at its
 * far end along a, seen from its first corner. */
static bool match_axis(const struct grid *from, const struct grid *to, int a,
                       struct regrid_map *map)
{
    double zero[3] = {0, 0, 0}, one[3] = {0, 0, 0}, p[3], q[3], at0[3], at1[3];
    one[a] = 1;
    grid_to_patient(to, zero, p);
    grid_to_patient(to, one, q);
    if (!grid_to_index(from, p, at0) || !grid_to_index(from, q, at1))
        return false;
    int along = 0;
    for (int i = 1; i < 3; i++)
        if (fabs(at1[i] - at0[i]) > fabs(at1[along] - at0[along]))
            along = i;
    map->axis[a] = along;
    map->flip[a] = at1[along] < at0[along];
    return from->size[along] == to->size[a];
}

bool regrid_find(const struct grid *from, const struct grid *to, struct regrid_map *map)
{
    for (int a = 0; a < 3; a++)
        if (!match_axis(from, to, a, map))
            return false;
    if (map->axis[0] == map->axis[1] || map->axis[0] == map->axis[2] ||
        map->axis[1] == map->axis[2])
        return false;
    for (int corner = 0; corner < 8; corner++) {
        double at[3], point[3], found[3];
        for (int a = 0; a < 3; a++)
            at[a] = corner >> a & 1 ? (double)(to->size[a] - 1) : 0;
        grid_to_patient(to, at, point);
        if (!grid_to_index(from, point, found))
            return false;
        for (int a = 0; a < 3; a++) {
            double last = (double)(to->size[a] - 1);
            double expected = map->flip[a] ? last - at[a] : at[a];
            if (!(fabs(found[map->axis[a]] - expected) <= REGRID_SAME))
                return false;
        }
    }
    return true;
}

bool regrid_is_identity(const struct regrid_map *map)
{
    for (int a = 0; a < 3; a++)
        if (map->axis[a] != a || map->flip[a])
            return false;
    return true;
}

void regrid_paste(const struct regrid_map *map, const struct grid *from, const struct box *box,
                  const uint8_t *in, const struct grid *to, uint8_t *out, struct box *touched)
{
    const int64_t stride[3] = {1, to->size[0], to->size[0] * to->size[1]};
    int64_t step[3], start = 0; /* per axis of `from` */
    for (int a = 0; a < 3; a++) {
        int along = map->axis[a];
        int64_t lo = box->lo[along], last = from->size[along] - 1;
        step[along] = map->flip[a] ? -stride[a] : stride[a];
        start += (map->flip[a] ? last - lo : lo) * stride[a];
        touched->lo[a] = map->flip[a] ? last - lo - box->size[along] + 1 : lo;
        touched->size[a] = box->size[along];
    }
    for (int64_t k = 0; k < box->size[2]; k++) {
        for (int64_t j = 0; j < box->size[1]; j++, in += box->size[0]) {
            uint8_t *line = out + start + k * step[2] + j * step[1];
            if (step[0] == 1) {
                memcpy(line, in, (size_t)box->size[0]);
                continue;
            }
            for (int64_t i = 0; i < box->size[0]; i++)
                line[i * step[0]] = in[i];
        }
    }
}

/* Nearest voxel of a continuous index, or -1 outside. The outer faces of the first and last voxel
 * count as inside. */
static int64_t nearest(double index, int64_t size, enum regrid_tie tie)
{
    double last = (double)size - 0.5;
    double r = tie == REGRID_TIE_LOWER ? ceil(index - 0.5) : floor(index + 0.5);
    if (r < 0 && index >= -0.5)
        r = 0;
    if (r >= (double)size && index <= last && tie == REGRID_TIE_UPPER)
        r = (double)size - 1;
    return r >= 0 && r < (double)size ? (int64_t)r : -1;
}

bool regrid_nearest(const struct grid *from, const uint8_t *in, const struct grid *to,
                    const struct box *box, enum regrid_tie tie, uint8_t *out, struct err *e)
{
    double inverse[9];
    if (!grid_inverse(from, inverse))
        return err_set(e, ERR_REFUSED, "the direction matrix of the mask is singular");
    for (int64_t n = 0; n < box_voxels(box); n++) {
        int64_t i = box->lo[0] + n % box->size[0];
        int64_t j = box->lo[1] + n / box->size[0] % box->size[1];
        int64_t k = box->lo[2] + n / box->size[0] / box->size[1];
        double at[3] = {(double)i, (double)j, (double)k}, p[3];
        int64_t found[3];
        grid_to_patient(to, at, p);
        bool inside = true;
        for (int a = 0; a < 3 && inside; a++) {
            const double *row = inverse + 3 * a;
            double x = row[0] * (p[0] - from->origin_mm[0]) + row[1] * (p[1] - from->origin_mm[1]) +
                       row[2] * (p[2] - from->origin_mm[2]);
            found[a] = nearest(x, from->size[a], tie);
            inside = found[a] >= 0;
        }
        out[(k * to->size[1] + j) * to->size[0] + i] =
            inside ? in[(found[2] * from->size[1] + found[1]) * from->size[0] + found[0]] : 0;
    }
    return true;
}

struct box regrid_reach(const struct grid *from, const struct grid *to)
{
    double lo[3] = {INFINITY, INFINITY, INFINITY}, hi[3] = {-INFINITY, -INFINITY, -INFINITY};
    for (int corner = 0; corner < 8; corner++) {
        double at[3], point[3], found[3];
        for (int a = 0; a < 3; a++)
            at[a] = corner >> a & 1 ? (double)from->size[a] - 0.5 : -0.5;
        grid_to_patient(from, at, point);
        if (!grid_to_index(to, point, found))
            return (struct box){0};
        for (int a = 0; a < 3; a++) {
            lo[a] = fmin(lo[a], found[a]);
            hi[a] = fmax(hi[a], found[a]);
        }
    }
    struct box box;
    for (int a = 0; a < 3; a++) {
        double first = fmax(floor(lo[a]), 0), last = fmin(ceil(hi[a]), (double)to->size[a] - 1);
        if (!(first <= last))
            return (struct box){0};
        box.lo[a] = (int64_t)first;
        box.size[a] = (int64_t)(last - first) + 1;
    }
    return box;
}

void regrid_explain(const struct grid *from, const struct grid *to, char *text, size_t room)
{
    double origin[3];
    if (!grid_to_index(to, from->origin_mm, origin))
        origin[0] = origin[1] = origin[2] = NAN;
    snprintf(text, room,
             "another grid than the reference: %" PRId64 " x %" PRId64 " x %" PRId64
             " voxels of %.6g x %.6g x %.6g mm against %" PRId64 " x %" PRId64 " x %" PRId64
             " of %.6g x %.6g x %.6g mm; its first voxel lies at index %.6g, %.6g, %.6g of the "
             "reference",
             from->size[0], from->size[1], from->size[2], from->spacing_mm[0], from->spacing_mm[1],
             from->spacing_mm[2], to->size[0], to->size[1], to->size[2], to->spacing_mm[0],
             to->spacing_mm[1], to->spacing_mm[2], origin[0], origin[1], origin[2]);
}
