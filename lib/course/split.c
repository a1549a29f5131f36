/* Several volumes in one series: which attribute tells them apart. */
#include "course/series_steps.h"

#include "base/mem.h"
#include "base/num.h"
#include "base/str.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What may tell volumes apart: numbers of a frame, from split[first] on. The one without numbers is
 * the image type, a text. */
static const struct {
    const char *name;
    int first, numbers;
} attribute[] = {
    {"TemporalPositionIdentifier", DICOM_SPLIT_TEMPORAL, 1},
    {"AcquisitionNumber", DICOM_SPLIT_ACQUISITION, 1},
    {"TriggerTime", DICOM_SPLIT_TRIGGER, 1},
    {"EchoTime", DICOM_SPLIT_ECHO, 1},
    {"DiffusionBValue", DICOM_SPLIT_B_VALUE, 1},
    {"ImageType", 0, 0},
    {"DiffusionGradientOrientation", DICOM_SPLIT_GRADIENT, 3},
};
enum { ATTRIBUTES = sizeof attribute / sizeof *attribute };

const char split_attributes[] = "temporal position, acquisition number, trigger time, echo time, "
                                "b-value, image type, diffusion gradient";

/* Limits for parts of a series that interleave: a part counts as an acquisition of its own when its
 * slices are at least this thick relative to its own spacing, and its spacing at least this
 * multiple of the spacing of the whole. */
static const double own_thickness = 0.95, own_spacing = 1.5;

/* --- values --- */

static const char *type_of(const struct series_pool *s, const struct plane *p)
{
    const struct dicom_header *h = &s->file[p->source]->header;
    const uint32_t type = h->frame[p->frame].type;
    return type < h->frame_types.n ? h->frame_types.item[type] : h->text[DICOM_IMAGE_TYPE];
}

/* Absent numbers come first. */
static int compare_numbers(double a, double b)
{
    if (isnan(a) || isnan(b))
        return isnan(b) - isnan(a);
    return a < b ? -1 : a > b;
}

static int compare_values(const struct series_pool *s, int a, const struct plane *p,
                          const struct plane *q)
{
    if (attribute[a].numbers == 0)
        return strcmp(type_of(s, p), type_of(s, q));
    const double *x = series_frame(s, p)->split + attribute[a].first;
    const double *y = series_frame(s, q)->split + attribute[a].first;
    int c = 0;
    for (int i = 0; i < attribute[a].numbers && !c; i++)
        c = compare_numbers(x[i], y[i]);
    return c;
}

struct order {
    const struct series_pool *pool;
    unsigned attributes; /* bits */
};

static int compare_labels(const struct order *o, const struct plane *p, const struct plane *q)
{
    int c = 0;
    for (int a = 0; a < ATTRIBUTES && !c; a++)
        if (o->attributes >> a & 1)
            c = compare_values(o->pool, a, p, q);
    return c;
}

static int by_label(const void *a, const void *b, void *order)
{
    const struct plane *p = a, *q = b;
    int c = compare_labels(order, p, q);
    c = c ? c : (p->along_mm > q->along_mm) - (p->along_mm < q->along_mm);
    c = c ? c : (p->source > q->source) - (p->source < q->source);
    return c ? c : (p->frame > q->frame) - (p->frame < q->frame);
}

static bool all_absent(const double *v, int n)
{
    for (int i = 0; i < n; i++)
        if (!isnan(v[i]))
            return false;
    return true;
}

/* "800", "0\0.6\0.8" or "none". Numbers that compare equal have one text: -0 is 0. */
static void add_numbers(struct str *label, const double *v, int n)
{
    char number[NUM_TEXT];
    if (all_absent(v, n))
        n = 1;
    for (int i = 0; i < n; i++) {
        str_add(label, i ? "\\" : "");
        if (isnan(v[i]))
            str_add(label, "none");
        else if (v[i] == floor(v[i]) && fabs(v[i]) < 1e15)
            str_addf(label, "%.0f", v[i] + 0.0);
        else
            str_add(label, num_format(v[i], number));
    }
}

/* "AcquisitionNumber=2, EchoTime=4.6" (free()). */
static char *label_of(const struct order *o, const struct plane *p)
{
    struct str label = {0};
    for (int a = 0; a < ATTRIBUTES; a++) {
        if (!(o->attributes >> a & 1))
            continue;
        str_addf(&label, "%s%s=", label.len ? ", " : "", attribute[a].name);
        if (attribute[a].numbers == 0)
            str_add(&label, type_of(o->pool, p));
        else
            add_numbers(&label, series_frame(o->pool, p)->split + attribute[a].first,
                        attribute[a].numbers);
    }
    return str_take(&label);
}

void split_keep(struct series_pool *s, const char *label)
{
    struct order o = {.pool = s};
    size_t kept = 0;
    for (int a = 0; a < ATTRIBUTES; a++) {
        const char *at = strstr(label, attribute[a].name);
        if (at && at[strlen(attribute[a].name)] == '=')
            o.attributes |= 1u << a;
    }
    for (size_t k = 0; k < s->planes; k++) {
        char *own = label_of(&o, &s->plane[k]);
        if (strcmp(own, label) == 0)
            s->plane[kept++] = s->plane[k];
        free(own);
    }
    s->planes = kept;
}

/* --- one way to split --- */

/* The result of splitting the planes by a set of attributes. */
struct parts {
    struct plane *plane; /* by label, then by position; with room for interpolated planes of one
                            part at the end */
    size_t n;            /* parts */
    size_t good;         /* planes in parts that are volumes */
    bool shared;         /* a position occurs twice in a part */
    bool all_good;
    bool overlap;    /* the extents of two parts overlap */
    bool own_slices; /* each part is as thick as its own spacing */
};

/* Judges the part plane[0..n), sorted by position. room: for n + GEOMETRY_ROOM(n) planes. */
static void judge_part(const struct series_pool *s, const struct geometry_rules *rules,
                       const struct plane *plane, size_t n, struct plane *room, double even_mm,
                       struct parts *p)
{
    struct geometry found;
    size_t planes = n;
    memcpy(room, plane, n * sizeof *plane);
    for (size_t k = 0; k + 1 < n; k++)
        p->shared = p->shared || plane[k + 1].along_mm - plane[k].along_mm < GEOMETRY_SAME_PLACE_MM;
    bool good = n > 1 && geometry_build(room, &planes, rules, &found, NULL);
    p->n++;
    p->good += good ? n : 0;
    p->all_good = p->all_good && good;
    if (!good)
        return;
    const double spacing = found.grid.spacing_mm[2];
    for (size_t k = 0; k < n; k++)
        p->own_slices = p->own_slices && spacing >= own_spacing * even_mm &&
                        series_frame(s, &plane[k])->slice_thickness_mm >= own_thickness * spacing;
}

static int by_extent(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return x[0] < y[0] ? -1 : x[0] > y[0];
}

static bool extents_overlap(double (*extent)[2], size_t n)
{
    qsort(extent, n, sizeof *extent, by_extent);
    double reach = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        if (extent[i][0] < reach)
            return true;
        reach = fmax(reach, extent[i][1]);
    }
    return false;
}

static bool judge(const struct series_pool *s, const struct geometry_rules *rules, double even_mm,
                  struct order *o, struct parts *p, struct err *e)
{
    *p = (struct parts){.all_good = true, .own_slices = true};
    const size_t room = s->planes + GEOMETRY_ROOM(s->planes);
    p->plane = mem_array(s->planes, sizeof *p->plane, e);
    struct plane *scratch = mem_array(room, sizeof *scratch, e);
    double(*extent)[2] = mem_array(s->planes, sizeof *extent, e);
    bool ok = p->plane && scratch && extent;
    if (ok) {
        memcpy(p->plane, s->plane, s->planes * sizeof *p->plane);
        qsort_r(p->plane, s->planes, sizeof *p->plane, by_label, o);
    }
    for (size_t from = 0, to; ok && from < s->planes; from = to) {
        for (to = from + 1;
             to < s->planes && compare_labels(o, &p->plane[from], &p->plane[to]) == 0;)
            to++;
        extent[p->n][0] = p->plane[from].along_mm;
        extent[p->n][1] = p->plane[to - 1].along_mm;
        judge_part(s, rules, p->plane + from, to - from, scratch, even_mm, p);
    }
    p->overlap = ok && extents_overlap(extent, p->n);
    free(scratch);
    free(extent);
    return ok;
}

/* Is this a way to split? Parts of places that are shared must each hold every place once; parts of
 * one even volume must be acquisitions of their own; parts of an uneven one must interleave, or a
 * missing slice would make two volumes. */
static bool splits(const struct parts *p, bool shared, double even_mm)
{
    if (p->n < 2 || p->shared)
        return false;
    if (shared)
        return p->good > 0;
    return p->all_good && p->overlap && (even_mm == 0 || p->own_slices);
}

/* --- the best way --- */

/* Attributes that differ between planes. */
static unsigned varying(const struct series_pool *s)
{
    unsigned found = 0;
    for (int a = 0; a < ATTRIBUTES; a++)
        for (size_t k = 1; k < s->planes && !(found >> a & 1); k++)
            if (compare_values(s, a, &s->plane[0], &s->plane[k]) != 0)
                found |= 1u << a;
    return found;
}

static int bits(unsigned x)
{
    int n = 0;
    for (; x; x &= x - 1)
        n++;
    return n;
}

static bool take(struct order *o, struct parts *p, const struct series_pool *s, struct split *out,
                 struct err *e)
{
    out->first = mem_array(p->n + 1, sizeof *out->first, e);
    out->label = mem_array(p->n, sizeof *out->label, e);
    if (!out->first || !out->label)
        return false;
    out->plane = p->plane;
    p->plane = NULL;
    for (size_t k = 0; k < s->planes; k++) {
        if (k > 0 && compare_labels(o, &out->plane[k - 1], &out->plane[k]) == 0)
            continue;
        out->first[out->n] = k;
        out->label[out->n++] = label_of(o, &out->plane[k]);
    }
    out->first[out->n] = s->planes;
    return true;
}

/* Few attributes before many, then in the order of the table; the one that makes volumes of the
 * most planes. */
bool split_find(const struct series_pool *s, const struct geometry_rules *rules, double even_mm,
                struct split *out, struct err *e)
{
    *out = (struct split){0};
    const struct geometry_rules strict = {.has_decimals = rules->has_decimals,
                                          .position_decimals = rules->position_decimals,
                                          .cosine_decimals = rules->cosine_decimals,
                                          .no_shear = rules->no_shear};
    const unsigned vary = varying(s);
    const bool shared = vary && series_shares_places(s);
    unsigned best = 0;
    size_t most = 0;
    const int largest = even_mm > 0 ? 1 : bits(vary);
    for (int size = 1; size <= largest; size++) {
        for (unsigned way = 1; way < 1u << ATTRIBUTES; way++) {
            struct order o = {s, way};
            struct parts p;
            if ((way & ~vary) || bits(way) != size)
                continue;
            bool ok = judge(s, &strict, even_mm, &o, &p, e);
            if (ok && splits(&p, shared, even_mm) && p.good > most)
                best = way, most = p.good;
            free(p.plane);
            if (!ok)
                return false;
        }
    }
    if (!best)
        return true;
    struct order o = {s, best};
    struct parts p;
    bool ok = judge(s, &strict, even_mm, &o, &p, e) && take(&o, &p, s, out, e);
    free(p.plane);
    return ok;
}

void split_free(struct split *s)
{
    for (size_t i = 0; s->label && i < s->n; i++)
        free(s->label[i]);
    free(s->label);
    free(s->first);
    free(s->plane);
    *s = (struct split){0};
}
