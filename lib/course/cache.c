#include "course/cache.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/sha1.h"
#include "base/str.h"
#include "io/atomic.h"
#include "version.h"

#include <stdlib.h>
#include <string.h>

#define CACHE_MARK "radmill scan cache 10 " RADMILL_VERSION " "
enum { DIGEST_DIGITS = 40 };

/* One list of fields serves reading and writing. Writing appends bytes. Reading makes the same
 * calls in the same order, from `at` to `end`; `ok` becomes false, and stays so, when the bytes end
 * too early. */
struct codec {
    struct str *out; /* NULL: reading */
    const char *at, *end;
    bool ok;
};

static void code_bytes(struct codec *c, void *data, size_t n)
{
    if (n == 0)
        return; /* data may be NULL then */
    if (c->out) {
        str_add_n(c->out, data, n);
    } else if (c->ok && (size_t)(c->end - c->at) >= n) {
        memcpy(data, c->at, n);
        c->at += n;
    } else {
        c->ok = false;
    }
}

static void code_int(struct codec *c, int64_t *value)
{
    code_bytes(c, value, sizeof *value);
}

/* A count of elements, each at least `least` bytes long. */
static size_t code_count(struct codec *c, size_t n, size_t least)
{
    uint64_t count = n;
    code_bytes(c, &count, sizeof count);
    if (!c->out && (!c->ok || count > (uint64_t)(c->end - c->at) / least)) {
        c->ok = false;
        return 0;
    }
    return (size_t)count;
}

static void code_text(struct codec *c, char **text)
{
    size_t n = code_count(c, c->out ? strlen(*text) : 0, 1);
    if (!c->out) {
        *text = mem_must(calloc(n + 1, 1));
        if (!c->ok)
            return;
    }
    code_bytes(c, *text, n);
}

static void code_names(struct codec *c, struct dicom_names *names)
{
    size_t n = code_count(c, names->n, sizeof(uint64_t));
    if (!c->out)
        names->item = mem_must(calloc(n + 1, sizeof *names->item));
    for (size_t i = 0; i < n && c->ok; i++) {
        names->n = c->out ? names->n : i + 1;
        code_text(c, &names->item[i]);
    }
}

static void code_frames(struct codec *c, struct dicom_header *h)
{
    size_t n = code_count(c, h->frames, sizeof *h->frame);
    if (!c->out) {
        h->frame = mem_must(calloc(n + 1, sizeof *h->frame));
        h->frames = n;
    }
    code_bytes(c, h->frame, n * sizeof *h->frame);
    code_names(c, &h->frame_types);
    for (size_t i = 0; i < n; i++)
        c->ok = c->ok && (h->frame[i].type < h->frame_types.n || h->frame[i].type == 0);
}

/* Images as indices into a list of names: all must lie within it. */
static void code_named(struct codec *c, struct dicom_named **image, size_t *n, size_t names)
{
    size_t count = code_count(c, *n, sizeof **image);
    if (!c->out)
        *image = mem_must(calloc(count + 1, sizeof **image));
    code_bytes(c, *image, count * sizeof **image);
    *n = count;
    for (size_t i = 0; i < count; i++)
        c->ok = c->ok && (*image)[i].instance < names;
}

static void code_references(struct codec *c, struct dicom_header *h)
{
    size_t n = code_count(c, h->references, 3 * sizeof(uint64_t));
    if (!c->out)
        h->reference = mem_must(calloc(n + 1, sizeof *h->reference));
    for (size_t i = 0; i < n && c->ok; i++) {
        struct dicom_reference *r = &h->reference[i];
        h->references = c->out ? h->references : i + 1;
        code_text(c, &r->frame_of_reference);
        code_text(c, &r->series);
        code_named(c, &r->image, &r->images, h->instances.n);
    }
}

static void code_rois(struct codec *c, struct dicom_header *h)
{
    size_t n = code_count(c, h->rois, 7 * sizeof(uint64_t));
    if (!c->out)
        h->roi = mem_must(calloc(n + 1, sizeof *h->roi));
    for (size_t i = 0; i < n && c->ok; i++) {
        h->rois = c->out ? h->rois : i + 1;
        code_text(c, &h->roi[i].name);
        code_text(c, &h->roi[i].frame_of_reference);
        code_int(c, &h->roi[i].number);
        code_int(c, &h->roi[i].contours);
        code_int(c, &h->roi[i].unnamed);
        code_int(c, &h->roi[i].by_observation);
        code_named(c, &h->roi[i].image, &h->roi[i].images, h->instances.n);
    }
}

static void code_header(struct codec *c, struct dicom_header *h)
{
    int64_t is_signed = h->is_signed, sample = h->sample, damaged = h->damage != NULL;
    int64_t *const number[] = {
        &h->file_bytes,   &h->rows,           &h->columns,
        &h->samples,      &h->bits_allocated, &h->bits_stored,
        &h->high_bit,     &is_signed,         &sample,
        &h->pixel_offset, &h->pixel_bytes,    &h->number_of_frames,
        &h->forgiven,
    };
    for (int i = 0; i < DICOM_TEXTS; i++)
        code_text(c, &h->text[i]);
    for (size_t i = 0; i < sizeof number / sizeof *number; i++)
        code_int(c, number[i]);
    code_int(c, &damaged);
    if (damaged)
        code_text(c, &h->damage);
    h->is_signed = is_signed == 1;
    h->sample = (enum dicom_sample)sample;
    code_frames(c, h);
    code_names(c, &h->instances);
    code_references(c, h);
    code_rois(c, h);
}

static void code_file(struct codec *c, struct course_file *f)
{
    int64_t has_problem = f->problem != NULL, disguised = f->disguised | f->unselected << 1;
    code_text(c, &f->path);
    code_int(c, &f->size);
    code_int(c, &f->mtime_ns);
    code_int(c, &has_problem);
    code_int(c, &disguised);
    f->disguised = disguised & 1;
    f->unselected = disguised >> 1 & 1;
    if (has_problem)
        code_text(c, &f->problem);
    else
        code_header(c, &f->header);
    f->cacheable = true;
}

static void digest_of(const char *bytes, size_t n, char digits[DIGEST_DIGITS + 1])
{
    struct sha1 digest;
    sha1_init(&digest);
    sha1_add(&digest, bytes, n);
    sha1_hex(&digest, digits);
}

/* The records of a cache file; an empty list when it cannot be used. */
static void load_records(const char *bytes, size_t n, const char *first_line, struct file_list *out)
{
    const size_t mark = strlen(first_line);
    char digits[DIGEST_DIGITS + 1];
    if (n < mark + DIGEST_DIGITS || memcmp(bytes, first_line, mark) != 0)
        return;
    n -= DIGEST_DIGITS;
    digest_of(bytes, n, digits);
    if (memcmp(bytes + n, digits, DIGEST_DIGITS) != 0)
        return;
    struct codec c = {.at = bytes + mark, .end = bytes + n, .ok = true};
    while (c.ok && c.at < c.end) {
        struct course_file *f = file_list_add(out, "");
        free(f->path);
        f->path = NULL;
        code_file(&c, f);
    }
    if (!c.ok)
        file_list_free(out);
}

/* Both lists are sorted by path. */
static size_t take_unchanged(struct file_list *known, struct file_list *files)
{
    size_t found = 0;
    for (size_t i = 0, k = 0; i < files->n; i++) {
        struct course_file *f = &files->file[i];
        while (k < known->n && strcmp(known->file[k].path, f->path) < 0)
            k++;
        if (k == known->n || strcmp(known->file[k].path, f->path) != 0 || f->problem ||
            known->file[k].size != f->size || known->file[k].mtime_ns != f->mtime_ns)
            continue;
        char *path = known->file[k].path;
        known->file[k].path = f->path;
        *f = known->file[k];
        known->file[k] = (struct course_file){.path = path};
        found++;
    }
    return found;
}

static char *first_line(const char *whose)
{
    struct str s = {0};
    str_addf(&s, "%s%s\n", CACHE_MARK, whose);
    return str_take(&s);
}

size_t cache_load(const char *path, const char *whose, struct file_list *files, size_t *entries)
{
    const size_t most = (size_t)4 << 30;
    struct file_list known = {0};
    struct err why = {0};
    size_t n = 0;
    char *bytes = file_read(path, most, &n, &why);
    *entries = 0;
    if (!bytes) {
        log_info("no cache of an earlier scan: %s", why.text);
        return 0;
    }
    char *line = first_line(whose);
    load_records(bytes, n, line, &known);
    free(line);
    free(bytes);
    *entries = known.n;
    size_t found = take_unchanged(&known, files);
    log_info("%zu of %zu files are as the cache knows them", found, files->n);
    file_list_free(&known);
    return found;
}

bool cache_save(const char *path, const char *whose, const struct file_list *files, struct err *e)
{
    struct str out = {0};
    char digits[DIGEST_DIGITS + 1];
    struct codec c = {.out = &out, .ok = true};
    char *line = first_line(whose);
    str_add(&out, line);
    free(line);
    for (size_t i = 0; i < files->n; i++)
        if (files->file[i].cacheable)
            code_file(&c, &files->file[i]);
    digest_of(out.text, out.len, digits);
    str_add(&out, digits);
    bool ok = out_write(path, out.text, out.len, false, e);
    str_free(&out);
    return ok;
}
