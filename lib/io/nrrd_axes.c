/* Fields of an NRRD that say something of each axis, or of the space. */
#include "base/num.h"
#include "io/nrrd_private.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

const struct nrrd_word *nrrd_find_word(const struct nrrd_word *table, const char *name)
{
    for (; table->name; table++)
        if (strcasecmp(table->name, name) == 0)
            return table;
    return NULL;
}

bool nrrd_take_space(struct nrrd_header *h, char *value)
{
    static const struct {
        const char *words, *letters;
        int axes;
        double sign[2];
    } spaces[] = {
        {"right-anterior-superior", "RAS", 3, {-1, -1}},
        {"left-anterior-superior", "LAS", 3, {1, -1}},
        {"left-posterior-superior", "LPS", 3, {1, 1}},
        {"scanner-xyz", NULL, 3, {1, 1}},
        {"3D-right-handed", NULL, 3, {1, 1}},
        {"3D-left-handed", NULL, 3, {1, 1}},
        {"right-anterior-superior-time", "RAST", 4, {-1, -1}},
        {"left-anterior-superior-time", "LAST", 4, {1, -1}},
        {"left-posterior-superior-time", "LPST", 4, {1, 1}},
        {"scanner-xyz-time", NULL, 4, {1, 1}},
        {"3D-right-handed-time", NULL, 4, {1, 1}},
        {"3D-left-handed-time", NULL, 4, {1, 1}},
    };
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces && h->space_axes == 0; i++)
        if (strcasecmp(spaces[i].words, value) == 0 ||
            (spaces[i].letters && strcasecmp(spaces[i].letters, value) == 0)) {
            h->space_axes = spaces[i].axes;
            memcpy(h->sign, spaces[i].sign, sizeof h->sign);
            return true;
        }
    return false;
}

bool nrrd_take_space_dimension(struct nrrd_header *h, char *value)
{
    int64_t axes;
    if (h->space_axes || !num_parse_int(value, &axes) || axes < 1 || axes > NRRD_SPACE)
        return false;
    h->space_axes = (int)axes;
    h->sign[0] = h->sign[1] = 1;
    return true;
}

/* One word for each axis; a quoted one is passed to take() with its quotes. */
static bool each_axis(struct nrrd_header *h, char *value,
                      bool (*take)(struct nrrd_axis *, const char *))
{
    char *save = NULL, *word = strtok_r(value, " \t", &save);
    for (int a = 0; a < h->axes; a++, word = strtok_r(NULL, " \t", &save))
        if (!word || !take(&h->axis[a], word))
            return false;
    return h->axes > 0 && !word;
}

static bool axis_size(struct nrrd_axis *a, const char *word)
{
    return num_parse_int(word, &a->size) && a->size >= 1 && a->size <= INT32_MAX;
}

static bool axis_spacing(struct nrrd_axis *a, const char *word)
{
    return num_parse_double(word, &a->spacing) && a->spacing != 0 && !isinf(a->spacing);
}

static bool axis_min(struct nrrd_axis *a, const char *word)
{
    return num_parse_double(word, &a->min) && !isinf(a->min);
}

static bool axis_max(struct nrrd_axis *a, const char *word)
{
    return num_parse_double(word, &a->max) && !isinf(a->max);
}

static bool axis_centering(struct nrrd_axis *a, const char *word)
{
    static const struct nrrd_word words[] = {
        {"cell", 0}, {"node", 1}, {"???", 0}, {"none", 0}, {NULL, 0}};
    const struct nrrd_word *w = nrrd_find_word(words, word);
    a->node = w && w->value;
    return w != NULL;
}

/* The number of components that a kind implies is compared with the axis' size at the end. */
static bool axis_kind(struct nrrd_axis *a, const char *word)
{
    static const struct {
        const char *name;
        int parts; /* 0: any */
        enum nrrd_kind kind;
    } kinds[] = {
        {"domain", 0, NRRD_DOMAIN},
        {"space", 0, NRRD_DOMAIN},
        {"time", 0, NRRD_DOMAIN},
        {"???", 0, NRRD_DOMAIN},
        {"none", 0, NRRD_DOMAIN},
        {"list", 0, NRRD_COMPONENT},
        {"point", 0, NRRD_COMPONENT},
        {"vector", 0, NRRD_COMPONENT},
        {"covariant-vector", 0, NRRD_COMPONENT},
        {"normal", 0, NRRD_COMPONENT},
        {"stub", 1, NRRD_COMPONENT},
        {"scalar", 1, NRRD_COMPONENT},
        {"2-vector", 2, NRRD_COMPONENT},
        {"3-color", 3, NRRD_COMPONENT},
        {"RGB-color", 3, NRRD_COMPONENT},
        {"HSV-color", 3, NRRD_COMPONENT},
        {"XYZ-color", 3, NRRD_COMPONENT},
        {"4-color", 4, NRRD_COMPONENT},
        {"RGBA-color", 4, NRRD_COMPONENT},
        {"3-vector", 3, NRRD_COMPONENT},
        {"3-normal", 3, NRRD_COMPONENT},
        {"4-vector", 4, NRRD_COMPONENT},
        {"quaternion", 4, NRRD_COMPONENT},
        {"2D-symmetric-matrix", 3, NRRD_COMPONENT},
        {"complex", 2, NRRD_FOREIGN},
        {"3-gradient", 3, NRRD_FOREIGN},
        {"2D-masked-symmetric-matrix", 4, NRRD_FOREIGN},
        {"2D-matrix", 4, NRRD_FOREIGN},
        {"2D-masked-matrix", 5, NRRD_FOREIGN},
        {"3D-symmetric-matrix", 6, NRRD_FOREIGN},
        {"3D-masked-symmetric-matrix", 7, NRRD_FOREIGN},
        {"3D-matrix", 9, NRRD_FOREIGN},
        {"3D-masked-matrix", 10, NRRD_FOREIGN},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcasecmp(kinds[i].name, word) == 0) {
            a->kind = kinds[i].kind;
            a->parts = kinds[i].parts;
            return true;
        }
    return false;
}

bool nrrd_take_sizes(struct nrrd_header *h, char *value)
{
    return each_axis(h, value, axis_size);
}

bool nrrd_take_spacings(struct nrrd_header *h, char *value)
{
    return each_axis(h, value, axis_spacing);
}

bool nrrd_take_mins(struct nrrd_header *h, char *value)
{
    return each_axis(h, value, axis_min);
}

bool nrrd_take_maxs(struct nrrd_header *h, char *value)
{
    return each_axis(h, value, axis_max);
}

bool nrrd_take_centerings(struct nrrd_header *h, char *value)
{
    return each_axis(h, value, axis_centering);
}

bool nrrd_take_kinds(struct nrrd_header *h, char *value)
{
    return each_axis(h, value, axis_kind);
}

/* "(1,2,3)" or "none" at *text, which is moved behind it. */
static bool take_vector(const char **text, int n, bool *given, double *v)
{
    const char *at = *text + strspn(*text, " \t");
    int numbers = 0;
    *given = false;
    *text = at + 4;
    if (strncasecmp(at, "none", 4) == 0)
        return true;
    for (int i = 0; i < n; i++) {
        char word[64];
        if (*at++ != (i ? ',' : '('))
            return false;
        at += strspn(at, " \t");
        size_t length = strcspn(at, ",) \t");
        if (length == 0 || length >= sizeof word)
            return false;
        snprintf(word, sizeof word, "%.*s", (int)length, at);
        at += length + strspn(at + length, " \t");
        if (!num_parse_double(word, &v[i]) || isinf(v[i]))
            return false;
        numbers += !isnan(v[i]);
    }
    *given = numbers == n;
    *text = at + 1;
    return *at == ')' && (numbers == n || numbers == 0);
}

bool nrrd_take_directions(struct nrrd_header *h, char *value)
{
    const char *at = value;
    for (int a = 0; a < h->axes; a++)
        if (!take_vector(&at, h->space_axes, &h->axis[a].has_vector, h->axis[a].vector))
            return false;
    return h->axes > 0 && h->space_axes > 0 && at[strspn(at, " \t")] == '\0';
}

bool nrrd_take_origin(struct nrrd_header *h, char *value)
{
    const char *at = value;
    return h->space_axes > 0 && take_vector(&at, h->space_axes, &h->has_origin, h->origin) &&
           at[strspn(at, " \t")] == '\0';
}
