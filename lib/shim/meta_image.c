#include "shim/meta_image.h"

#include "base/num.h"
#include "base/str.h"
#include "shim/gz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Deflate expands at most so many times; a text number has at least one digit. */
enum { MOST_LINES = 1000, MOST_AXES = 10, MOST_CHANNELS = 1024, MOST_RATIO = 1032 };

/* What is remembered of a header. */
struct meta {
    int64_t axes, voxels, channels;
    int64_t element_bytes; /* 0: no type yet */
    int64_t compressed_bytes;
    bool compressed, local;
    char data_file[META_LINE + 1];
    struct str_list keys;
};

static bool take_axes(struct meta *m, char *value)
{
    return num_parse_int(value, &m->axes) && m->axes >= 1 && m->axes <= MOST_AXES;
}

static bool take_sizes(struct meta *m, char *value)
{
    char *save = NULL;
    int64_t n = 0, size;
    m->voxels = 1;
    for (char *word = strtok_r(value, " \t", &save); word; word = strtok_r(NULL, " \t", &save), n++)
        if (!num_parse_int(word, &size) || size < 1 || size > INT32_MAX ||
            __builtin_mul_overflow(m->voxels, size, &m->voxels))
            return false;
    return n == m->axes;
}

static bool take_channels(struct meta *m, char *value)
{
    return num_parse_int(value, &m->channels) && m->channels >= 1 && m->channels <= MOST_CHANNELS;
}

static bool take_type(struct meta *m, char *value)
{
    static const struct {
        const char *name;
        int bytes;
    } types[] = {{"MET_CHAR", 1},      {"MET_UCHAR", 1},      {"MET_SHORT", 2}, {"MET_USHORT", 2},
                 {"MET_INT", 4},       {"MET_UINT", 4},       {"MET_LONG", 4},  {"MET_ULONG", 4},
                 {"MET_LONG_LONG", 8}, {"MET_ULONG_LONG", 8}, {"MET_FLOAT", 4}, {"MET_DOUBLE", 8}};
    if (str_ends_with(value, "_ARRAY"))
        value[strlen(value) - strlen("_ARRAY")] = '\0';
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(value, types[i].name) == 0)
            m->element_bytes = types[i].bytes;
    return m->element_bytes > 0;
}

static bool take_compressed(struct meta *m, char *value)
{
    m->compressed = value[0] && strchr("TtYy1", value[0]); /* as MetaIO has it */
    return true;
}

static bool take_compressed_bytes(struct meta *m, char *value)
{
    return num_parse_int(value, &m->compressed_bytes) && m->compressed_bytes >= 0;
}

static bool take_header_bytes(struct meta *m, char *value)
{
    int64_t count;
    (void)m;
    return num_parse_int(value, &count) && count >= -1;
}

/* A pattern ("slice%03d.raw 1 20 1") and LIST mean many files. */
static bool take_file(struct meta *m, char *value)
{
    m->local =
        strcmp(value, "LOCAL") == 0 || strcmp(value, "Local") == 0 || strcmp(value, "local") == 0;
    snprintf(m->data_file, sizeof m->data_file, "%s", value);
    return value[0] && !strchr(value, '%') && !str_starts_with(value, "LIST");
}

static const struct {
    const char *key;
    bool (*take)(struct meta *, char *);
} FIELDS[] = {
    {"NDims", take_axes},
    {"DimSize", take_sizes},
    {"ElementType", take_type},
    {"ElementNumberOfChannels", take_channels},
    {"HeaderSize", take_header_bytes},
    {"CompressedData", take_compressed},
    {"CompressedDataSize", take_compressed_bytes},
    {"ElementDataFile", take_file},
};

static bool is_key(const char *key)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
    return key[0] && key[strspn(key, letters)] == '\0';
}

static bool is_printable(const char *line)
{
    for (; *line; line++)
        if ((unsigned char)*line < ' ' && *line != '\t')
            return false;
    return true;
}

/* One line; *last: it was ElementDataFile. */
static bool take_line(struct meta *m, char *line, bool *last)
{
    char *value = strpbrk(line, "=:");
    if (!value || !is_printable(line))
        return false;
    *value++ = '\0';
    char *key = str_trim(line);
    value = str_trim(value);
    if (!is_key(key) || str_list_has(&m->keys, key))
        return false;
    str_list_add(&m->keys, key);
    *last = strcmp(key, "ElementDataFile") == 0;
    for (size_t i = 0; i < sizeof FIELDS / sizeof *FIELDS; i++)
        if (strcmp(key, FIELDS[i].key) == 0)
            return FIELDS[i].take(m, value);
    return true;
}

static bool take_header(struct meta *m, FILE *file, const char *path, struct err *e)
{
    char line[META_LINE + 2];
    bool last = false;
    for (int n = 1; !last && n <= MOST_LINES; n++) {
        if (!fgets(line, sizeof line, file))
            return err_set(e, ERR_REFUSED, "%s: no ElementDataFile in this MetaImage header", path);
        size_t length = strcspn(line, "\n");
        bool whole = line[length] == '\n' || feof(file);
        line[length] = '\0';
        if (length > 0 && line[length - 1] == '\r')
            line[length - 1] = '\0';
        if (!whole || !take_line(m, line, &last))
            return err_set(e, ERR_REFUSED, "%s: line %d of the MetaImage header cannot be used",
                           path, n);
    }
    return (last && m->voxels > 0 && m->element_bytes > 0) ||
           err_set(e, ERR_REFUSED, "%s: a MetaImage header without NDims, DimSize or ElementType",
                   path);
}

static bool is_plausible(const struct meta *m, FILE *file)
{
    struct stat info;
    return fstat(fileno(file), &info) != 0 || !S_ISREG(info.st_mode) ||
           m->voxels / MOST_RATIO <= info.st_size / m->channels;
}

/* Data that are cut off are counted by whoever reads them; that compressed ones do not inflate
 * nobody would say. */
static bool check_data(const struct meta *m, FILE *data, const char *path, struct err *e)
{
    if (!is_plausible(m, data))
        return err_set(e, ERR_REFUSED, "%s: the header promises more voxels than the file holds",
                       path);
    if (!m->compressed)
        return true;
    if (m->compressed_bytes == 0)
        return err_set(e, ERR_REFUSED, "%s: compressed, and no CompressedDataSize", path);
    struct stat info;
    if (fstat(fileno(data), &info) == 0 && info.st_size - ftell(data) < m->compressed_bytes)
        return true;
    int64_t elements = m->voxels * m->channels; /* plausible, so no overflow */
    return zlib_is_whole(data, (uint64_t)(elements * m->element_bytes)) ||
           err_set(e, ERR_REFUSED, "%s: compressed data are broken", path);
}

static bool check_data_file(const struct meta *m, const char *path, struct err *e)
{
    char *folder = path_dir(path), *name = path_join(folder, m->data_file);
    FILE *data = fopen(name, "rbe");
    bool ok = data && check_data(m, data, path, e);
    if (data) {
        fclose(data);
    } else {
        err_errno(e, "%s: its data file %s", path, name);
        if (e)
            e->code = ERR_REFUSED;
    }
    free(folder);
    free(name);
    return ok;
}

bool meta_image_named(const char *path)
{
    return str_ends_with(path, ".mha") || str_ends_with(path, ".mhd");
}

bool meta_image_check(const char *path, struct err *e)
{
    struct meta m = {.channels = 1};
    FILE *file = fopen(path, "rbe");
    if (!file) {
        err_errno(e, "%s", path);
        return false;
    }
    bool ok = take_header(&m, file, path, e);
    if (ok)
        ok = m.local ? check_data(&m, file, path, e) : check_data_file(&m, path, e);
    fclose(file);
    str_list_free(&m.keys);
    return ok;
}
