/* The header of a MetaImage: one row of a table for each key. */
#include "base/mem.h"
#include "base/num.h"
#include "io/meta_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MOST_CHANNELS = 1024 };

/* The first n numbers of value, which may hold more. */
static bool numbers(char *value, int64_t n, double *out)
{
    char *save = NULL, *word = strtok_r(value, " \t", &save);
    for (int64_t i = 0; i < n; i++, word = strtok_r(NULL, " \t", &save))
        if (!word || !num_parse_double(word, &out[i]))
            return false;
    return n > 0;
}

static bool truth(const char *value, bool *out)
{
    *out = value[0] && strchr("Tt1", value[0]);
    return *out || (value[0] && strchr("Ff0", value[0]));
}

static bool take_dims(struct meta_header *h, char *value)
{
    return h->dims == 0 && num_parse_int(value, &h->dims) && (h->dims == 2 || h->dims == 3);
}

static bool take_sizes(struct meta_header *h, char *value)
{
    char *save = NULL, *word = strtok_r(value, " \t", &save);
    for (int64_t a = 0; a < h->dims; a++, word = strtok_r(NULL, " \t", &save))
        if (!word || !num_parse_int(word, &h->grid.size[a]) || h->grid.size[a] < 1)
            return false;
    h->has_sizes = true;
    return h->dims > 0;
}

static bool take_type(struct meta_header *h, char *value)
{
    static const struct {
        const char *name;
        enum pixel_type type;
    } types[] = {
        {"MET_CHAR", PIXEL_I8},       {"MET_ASCII_CHAR", PIXEL_I8},  {"MET_UCHAR", PIXEL_U8},
        {"MET_SHORT", PIXEL_I16},     {"MET_USHORT", PIXEL_U16},     {"MET_INT", PIXEL_I32},
        {"MET_UINT", PIXEL_U32},      {"MET_LONG", PIXEL_I32},       {"MET_ULONG", PIXEL_U32},
        {"MET_LONG_LONG", PIXEL_I64}, {"MET_ULONG_LONG", PIXEL_U64}, {"MET_FLOAT", PIXEL_F32},
        {"MET_DOUBLE", PIXEL_F64}};
    if (str_ends_with(value, "_ARRAY"))
        value[strlen(value) - strlen("_ARRAY")] = '\0';
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(value, types[i].name) == 0) {
            h->type = types[i].type;
            return h->has_type = true;
        }
    return false;
}

static bool take_channels(struct meta_header *h, char *value)
{
    return num_parse_int(value, &h->channels) && h->channels >= 1 && h->channels <= MOST_CHANNELS;
}

static bool take_spacing_of(struct meta_header *h, char *value, enum meta_rank rank)
{
    double mm[3];
    if (!numbers(value, h->dims, mm))
        return false;
    if (rank >= h->spacing)
        memcpy(h->grid.spacing_mm, mm, (size_t)h->dims * sizeof *mm);
    h->spacing = rank > h->spacing ? rank : h->spacing;
    return true;
}

static bool take_spacing(struct meta_header *h, char *value)
{
    return take_spacing_of(h, value, META_PROPER);
}

static bool take_element_size(struct meta_header *h, char *value)
{
    return take_spacing_of(h, value, META_LESSER);
}

static bool take_origin_of(struct meta_header *h, char *value, enum meta_rank rank)
{
    double mm[3];
    if (!numbers(value, h->dims, mm))
        return false;
    if (rank >= h->origin)
        memcpy(h->grid.origin_mm, mm, (size_t)h->dims * sizeof *mm);
    h->origin = rank > h->origin ? rank : h->origin;
    return true;
}

static bool take_offset(struct meta_header *h, char *value)
{
    return take_origin_of(h, value, META_PROPER);
}

static bool take_position(struct meta_header *h, char *value)
{
    return take_origin_of(h, value, META_LESSER);
}

static bool take_origin(struct meta_header *h, char *value)
{
    return take_origin_of(h, value, META_LEAST);
}

/* One axis after the other. */
static bool take_direction_of(struct meta_header *h, char *value, enum meta_rank rank)
{
    double m[9];
    if (!numbers(value, h->dims * h->dims, m))
        return false;
    for (int64_t c = 0; c < h->dims && rank >= h->direction; c++)
        for (int64_t r = 0; r < h->dims; r++)
            h->grid.direction[3 * r + c] = m[h->dims * c + r];
    h->direction = rank > h->direction ? rank : h->direction;
    return true;
}

static bool take_matrix(struct meta_header *h, char *value)
{
    return take_direction_of(h, value, META_PROPER);
}

static bool take_rotation(struct meta_header *h, char *value)
{
    return take_direction_of(h, value, META_LESSER);
}

static bool take_orientation(struct meta_header *h, char *value)
{
    return take_direction_of(h, value, META_LEAST);
}

static bool take_binary(struct meta_header *h, char *value)
{
    bool binary;
    (void)h;
    return truth(value, &binary) && binary; /* as text, ITK 5.4 refuses them too */
}

static bool take_byte_order_of(struct meta_header *h, char *value, enum meta_rank rank)
{
    bool big;
    if (!truth(value, &big))
        return false;
    if (rank >= h->byte_order)
        h->data.swapped = big;
    h->byte_order = rank > h->byte_order ? rank : h->byte_order;
    return true;
}

static bool take_byte_order(struct meta_header *h, char *value)
{
    return take_byte_order_of(h, value, META_PROPER);
}

static bool take_element_order(struct meta_header *h, char *value)
{
    return take_byte_order_of(h, value, META_LESSER);
}

static bool take_compressed(struct meta_header *h, char *value)
{
    return truth(value, &h->compressed);
}

static bool take_compressed_bytes(struct meta_header *h, char *value)
{
    return num_parse_int(value, &h->data.compressed_bytes) && h->data.compressed_bytes >= 0;
}

static bool take_header_bytes(struct meta_header *h, char *value)
{
    return num_parse_int(value, &h->header_bytes) && h->header_bytes >= -1;
}

/* "LIST" or "LIST 2": a slice a file. */
static bool take_list(struct meta_header *h, char *value)
{
    int64_t axes = h->dims - 1;
    if (str_ends_with(value, "D"))
        value[strlen(value) - 1] = '\0';
    char *number = str_trim(value + strlen("LIST"));
    h->listing = true;
    return (!*number || num_parse_int(number, &axes)) && axes == h->dims - 1;
}

/* "slice%03d.raw 1 20 1" */
static bool take_pattern(struct meta_header *h, char *value)
{
    double n[3];
    char *blank = strpbrk(value, " \t");
    if (!blank)
        return false;
    *blank = '\0';
    return numbers(blank + 1, 3, n) && n[0] >= 0 && n[0] <= 1e9 && n[1] >= 0 && n[1] <= 1e9 &&
           n[2] >= 1 && n[2] <= 1e9 &&
           voxel_files_pattern(&h->data.file, value, (int64_t)n[0], (int64_t)n[1], (int64_t)n[2]);
}

static bool take_file(struct meta_header *h, char *value)
{
    h->local = strcasecmp(value, "LOCAL") == 0;
    if (h->local)
        return true;
    if (str_starts_with(value, "LIST"))
        return take_list(h, value);
    if (strchr(value, '%'))
        return take_pattern(h, value);
    str_list_add(&h->data.file, value);
    return value[0] != '\0';
}

static const struct {
    const char *key;
    bool (*take)(struct meta_header *, char *);
} keys[] = {
    {"NDims", take_dims},
    {"DimSize", take_sizes},
    {"ElementType", take_type},
    {"ElementNumberOfChannels", take_channels},
    {"ElementSpacing", take_spacing},
    {"ElementSize", take_element_size},
    {"Offset", take_offset},
    {"Position", take_position},
    {"Origin", take_origin},
    {"TransformMatrix", take_matrix},
    {"Rotation", take_rotation},
    {"Orientation", take_orientation},
    {"BinaryData", take_binary},
    {"BinaryDataByteOrderMSB", take_byte_order},
    {"ElementByteOrderMSB", take_element_order},
    {"CompressedData", take_compressed},
    {"CompressedDataSize", take_compressed_bytes},
    {"HeaderSize", take_header_bytes},
    {"ElementDataFile", take_file},
};

/* *last: it was ElementDataFile. */
static bool take_key(struct meta_header *h, char *line, char *separator, bool *last)
{
    *separator = '\0';
    char *key = str_trim(line), *value = str_trim(separator + 1);
    *last = strcmp(key, "ElementDataFile") == 0;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(key, keys[i].key) == 0)
            return keys[i].take(h, value);
    return true;
}

static bool is_blank(const char *line)
{
    return line[strspn(line, " \t\r")] == '\0';
}

/* Cuts the next line off *text; NULL: there is none. */
static char *next_line(char **text)
{
    char *line = *text;
    if (!line || !*line)
        return NULL;
    *text = strchr(line, '\n');
    if (*text)
        *(*text)++ = '\0';
    return line;
}

static bool take_lines(char *text, bool hide, struct meta_header *h, bool *hid, struct err *e)
{
    bool last = false, skip = false;
    int number = 0;
    for (char *line; !last && (line = next_line(&text));) {
        char *separator = strpbrk(line, "=:");
        number++;
        if (is_blank(line))
            continue;
        if (!separator || skip) {
            *hid = true;
            skip = hide && !separator;
            continue;
        }
        char shown[81];
        snprintf(shown, sizeof shown, "%s", str_trim(line));
        if (!take_key(h, line, separator, &last))
            return err_set(e, ERR_REFUSED, "line %d of the MetaImage header cannot be used: \"%s\"",
                           number, shown);
    }
    for (char *line; h->listing && (line = next_line(&text));)
        if (!is_blank(line))
            str_list_add(&h->data.file, str_trim(line));
    return last || err_set(e, ERR_REFUSED, "no ElementDataFile in this MetaImage header");
}

bool meta_fields(const char *text, bool hide, struct meta_header *h, bool *hid, struct err *e)
{
    char *copy = mem_strdup(text);
    *h = (struct meta_header){.grid = grid_unit(), .channels = 1};
    *hid = false;
    bool ok = take_lines(copy, hide, h, hid, e);
    free(copy);
    h->grid.dims = (int)h->dims;
    return ok &&
           ((h->has_sizes && h->has_type) ||
            err_set(e, ERR_REFUSED, "a MetaImage header without NDims, DimSize or ElementType"));
}
