/* The text header of an NRRD: one row of a table for each field. */
#include "base/mem.h"
#include "base/num.h"
#include "io/nrrd_private.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool take_type(struct nrrd_header *h, char *value)
{
    static const struct nrrd_word types[] = {
        {"signed char", PIXEL_I8},
        {"int8", PIXEL_I8},
        {"int8_t", PIXEL_I8},
        {"uchar", PIXEL_U8},
        {"unsigned char", PIXEL_U8},
        {"uint8", PIXEL_U8},
        {"uint8_t", PIXEL_U8},
        {"short", PIXEL_I16},
        {"short int", PIXEL_I16},
        {"signed short", PIXEL_I16},
        {"signed short int", PIXEL_I16},
        {"int16", PIXEL_I16},
        {"int16_t", PIXEL_I16},
        {"ushort", PIXEL_U16},
        {"unsigned short", PIXEL_U16},
        {"unsigned short int", PIXEL_U16},
        {"uint16", PIXEL_U16},
        {"uint16_t", PIXEL_U16},
        {"int", PIXEL_I32},
        {"signed int", PIXEL_I32},
        {"int32", PIXEL_I32},
        {"int32_t", PIXEL_I32},
        {"uint", PIXEL_U32},
        {"unsigned int", PIXEL_U32},
        {"uint32", PIXEL_U32},
        {"uint32_t", PIXEL_U32},
        {"longlong", PIXEL_I64},
        {"long long", PIXEL_I64},
        {"long long int", PIXEL_I64},
        {"signed long long", PIXEL_I64},
        {"signed long long int", PIXEL_I64},
        {"int64", PIXEL_I64},
        {"int64_t", PIXEL_I64},
        {"ulonglong", PIXEL_U64},
        {"unsigned long long", PIXEL_U64},
        {"unsigned long long int", PIXEL_U64},
        {"uint64", PIXEL_U64},
        {"uint64_t", PIXEL_U64},
        {"float", PIXEL_F32},
        {"double", PIXEL_F64},
        {NULL, 0},
    };
    const struct nrrd_word *w = nrrd_find_word(types, value);
    h->type = w ? (enum pixel_type)w->value : PIXEL_U8;
    return w != NULL;
}

static bool take_dimension(struct nrrd_header *h, char *value)
{
    int64_t axes;
    if (!num_parse_int(value, &axes) || axes < 1 || axes > NRRD_AXES)
        return false;
    h->axes = (int)axes;
    for (int a = 0; a < h->axes; a++)
        h->axis[a].spacing = h->axis[a].min = h->axis[a].max = NAN;
    return true;
}

static bool take_encoding(struct nrrd_header *h, char *value)
{
    static const struct nrrd_word words[] = {
        {"raw", VOXELS_RAW},   {"gzip", VOXELS_GZIP},  {"gz", VOXELS_GZIP}, {"txt", VOXELS_TEXT},
        {"text", VOXELS_TEXT}, {"ascii", VOXELS_TEXT}, {"hex", VOXELS_HEX}, {NULL, 0}};
    const struct nrrd_word *w = nrrd_find_word(words, value);
    h->data.encoding = w ? (enum voxel_encoding)w->value : VOXELS_RAW;
    return w != NULL;
}

static bool take_endian(struct nrrd_header *h, char *value)
{
    static const struct nrrd_word words[] = {{"little", 1}, {"big", 2}, {NULL, 0}};
    const struct nrrd_word *w = nrrd_find_word(words, value);
    h->endian = w ? w->value : 0;
    return w != NULL;
}

static bool take_line_skip(struct nrrd_header *h, char *value)
{
    return num_parse_int(value, &h->data.line_skip) && h->data.line_skip >= 0;
}

static bool take_byte_skip(struct nrrd_header *h, char *value)
{
    return num_parse_int(value, &h->data.byte_skip) && h->data.byte_skip > -INT32_MAX;
}

/* "slice%03d.raw 1 20 1 [2]": names by a pattern that holds one number. */
static bool add_pattern(struct nrrd_header *h, const char *pattern, char *numbers)
{
    int64_t n[4] = {0};
    int count = 0;
    char *save = NULL;
    for (char *w = strtok_r(numbers, " \t", &save); w; w = strtok_r(NULL, " \t", &save), count++)
        if (count == 4 || !num_parse_int(w, &n[count]))
            return false;
    h->file_axes = (int)n[3];
    return count >= 3 && n[3] >= 0 && n[3] < NRRD_AXES &&
           voxel_files_pattern(&h->data.file, pattern, n[0], n[1], n[2]);
}

/* One name, a pattern with its numbers, or LIST: then names follow, each on a line of its own. */
static bool take_data_file(struct nrrd_header *h, char *value)
{
    h->detached = true;
    if (strncmp(value, "LIST", 4) == 0 && (value[4] == '\0' || value[4] == ' ')) {
        int64_t axes = 0;
        char *number = str_trim(value + 4);
        bool ok = !*number || (num_parse_int(number, &axes) && axes >= 1 && axes < NRRD_AXES);
        h->file_axes = (int)axes;
        h->listing = true;
        return ok;
    }
    char *blank = strpbrk(value, " \t");
    if (strchr(value, '%') && blank) {
        *blank = '\0';
        return add_pattern(h, value, blank + 1);
    }
    str_list_add(&h->data.file, value);
    return value[0] != '\0';
}

static bool take_nothing(struct nrrd_header *h, char *value)
{
    (void)h, (void)value;
    return true;
}

/* Both spellings of a field; what has no bearing on voxels and grid is not looked at. */
static const struct field {
    const char *name, *other;
    bool (*take)(struct nrrd_header *, char *);
} fields[] = {
    {"type", NULL, take_type},
    {"dimension", NULL, take_dimension},
    {"space", NULL, nrrd_take_space},
    {"space dimension", "spacedimension", nrrd_take_space_dimension},
    {"sizes", NULL, nrrd_take_sizes},
    {"spacings", NULL, nrrd_take_spacings},
    {"axis mins", "axismins", nrrd_take_mins},
    {"axis maxs", "axismaxs", nrrd_take_maxs},
    {"centerings", "centers", nrrd_take_centerings},
    {"kinds", NULL, nrrd_take_kinds},
    {"space directions", "spacedirections", nrrd_take_directions},
    {"space origin", "spaceorigin", nrrd_take_origin},
    {"encoding", NULL, take_encoding},
    {"endian", NULL, take_endian},
    {"line skip", "lineskip", take_line_skip},
    {"byte skip", "byteskip", take_byte_skip},
    {"data file", "datafile", take_data_file},
    {"measurement frame", "measurementframe", take_nothing},
    {"space units", "spaceunits", take_nothing},
    {"thicknesses", NULL, take_nothing},
    {"labels", NULL, take_nothing},
    {"units", NULL, take_nothing},
    {"sample units", "sampleunits", take_nothing},
    {"content", NULL, take_nothing},
    {"number", NULL, take_nothing},
    {"min", NULL, take_nothing},
    {"max", NULL, take_nothing},
    {"old min", "oldmin", take_nothing},
    {"old max", "oldmax", take_nothing},
};
enum { FIELD_TYPE = 0, FIELD_SIZES = 4, FIELD_ENCODING = 12 };

static const struct field *find_field(const char *name)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strcasecmp(fields[i].name, name) == 0 ||
            (fields[i].other && strcasecmp(fields[i].other, name) == 0))
            return &fields[i];
    return NULL;
}

static bool refuse(struct err *e, int line, const char *what, const char *text)
{
    return err_set(e, ERR_REFUSED, "line %d of the NRRD header: %s: \"%.80s\"", line, what, text);
}

/* "field: value", "key:=value" or a comment. A value that is not taken is shown whole. */
static bool take_line(struct nrrd_header *h, char *line, int number, struct err *e)
{
    char *colon = strstr(line, ": "), shown[128];
    const struct field *f = NULL;
    if (line[0] == '#')
        return true;
    if (colon) {
        *colon = '\0';
        f = find_field(line);
        *colon = ':';
    }
    if (!f)
        return strstr(line, ":=") || refuse(e, number, "no field of this name", line);
    snprintf(shown, sizeof shown, "%s", line);
    uint32_t bit = 1u << (f - fields);
    if (h->seen & bit)
        return refuse(e, number, "given twice", shown);
    h->seen |= bit;
    return f->take(h, str_trim(colon + 2)) || refuse(e, number, "cannot be used", shown);
}

static bool has(const struct nrrd_header *h, int field)
{
    return h->seen >> field & 1;
}

/* What the fields say together. */
static bool check_header(const struct nrrd_header *h, struct err *e)
{
    bool binary = h->data.encoding != VOXELS_TEXT && pixel_size(h->type) > 1;
    if (!has(h, FIELD_TYPE) || !has(h, FIELD_SIZES) || !has(h, FIELD_ENCODING))
        return err_set(e, ERR_REFUSED, "an NRRD header without type, dimension, sizes or encoding");
    if (binary && h->endian == 0)
        return err_set(e, ERR_REFUSED, "an NRRD header without endian");
    for (int a = 0; a < h->axes; a++)
        if (h->axis[a].parts && h->axis[a].parts != h->axis[a].size)
            return err_set(e, ERR_REFUSED, "axis %d of the NRRD has %lld parts, its kind has %d",
                           a + 1, (long long)h->axis[a].size, h->axis[a].parts);
    return true;
}

bool nrrd_fields(const char *text, struct nrrd_header *h, struct err *e)
{
    char *copy = mem_strdup(text), *next = copy;
    bool ok = true;
    *h = (struct nrrd_header){.data.separators = ","};
    for (int number = 1; ok && next && *next; number++) {
        char *line = next;
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        size_t length = strlen(line);
        if (length && line[length - 1] == '\r')
            line[length - 1] = '\0';
        if (number == 1)
            continue; /* the magic */
        if (h->listing)
            str_list_add(&h->data.file, line);
        else
            ok = take_line(h, line, number, e);
    }
    free(copy);
    return ok && check_header(h, e);
}
