#include "course/make.h"

#include "base/mem.h"
#include "course/volumes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void scan_leave_series(struct scan *s, const struct course_file *const *file, size_t n,
                       const char *reason)
{
    char name[64] = "";
    char *const *text = file[0]->header.text;
    const char *number = text[DICOM_SERIES_NUMBER];
    if (*number && strlen(number) < 12 && strspn(number, "-0123456789") == strlen(number))
        snprintf(name, sizeof name, "%.2s series %s", text[DICOM_MODALITY], number);
    struct left_out *entry = left_out_add(&s->left_out, "series", file[0], name, reason);
    for (size_t i = 0; i < n; i++)
        str_list_add(&entry->files, file[i]->path);
}

/* A series while its courses are made. */
struct making {
    struct scan *scan;
    const struct scan_wish *wish;
    const struct sets_of_group *sets;
    struct series_list list;
    struct series_drops drops;
    bool *used;   /* per volume: regions refer to it, or all volumes are wanted */
    bool dropped; /* the dropped files are in left_out already */
};

static const char *text_of(const struct making *m, enum dicom_text which)
{
    return group_text(m->sets->group, which);
}

/* The id of a course that was split from a series is made of attribute and value as well. */
static void mint_id(const struct making *m, const struct series *volume, char id[MINT_SIZE])
{
    struct str words = {0};
    str_add(&words, text_of(m, DICOM_SERIES_UID));
    if (volume->label)
        str_addf(&words, "\n%s", volume->label);
    mint_course_id(text_of(m, DICOM_STUDY_DATE), text_of(m, DICOM_MODALITY), str_text(&words), id);
    str_free(&words);
}

/* Files that are not used: listed in left_out once, and noted in each course. */
static void keep_drops(struct making *m, struct course *c)
{
    for (size_t i = 0; i < m->drops.n; i++) {
        const struct series_drop *d = &m->drops.item[i];
        struct str note = {0};
        str_addf(&note, "%s: %s", course_file_name(d->file), d->reason);
        str_list_add(&c->notes, note.text);
        str_free(&note);
        if (m->dropped)
            continue;
        struct left_out *entry = left_out_add(&m->scan->left_out, "file", d->file, "", d->reason);
        free(entry->course_id);
        entry->course_id = mem_strdup(c->id);
    }
    m->dropped = true;
}

static void add_course(struct making *m, size_t v)
{
    struct scan *s = m->scan;
    struct course c = {.series = m->list.item[v]};
    m->list.item[v] = (struct series){0};
    mint_id(m, &c.series, c.id);
    keep_drops(m, &c);
    sets_take(m->sets, v, &c, &s->left_out);
    s->course = mem_grow(s->course, s->courses + 1, sizeof *s->course);
    s->course[s->courses++] = c;
}

/* The files of a volume that no used volume shares (one file may hold several volumes). */
static void leave_volume(struct making *m, size_t v, const char *reason)
{
    const struct series *volume = &m->list.item[v];
    const struct course_file **file = mem_must(calloc(volume->files + 1, sizeof *file));
    size_t n = 0;
    for (size_t i = 0; i < volume->files; i++)
        if (volume->file[i]->header.frames == 1)
            file[n++] = volume->file[i];
    if (n == 0 && volume->files)
        file[n++] = volume->file[0];
    if (n)
        scan_leave_series(m->scan, file, n, reason);
    free(file);
}

/* A volume that no course is made of. */
static bool settle_volume(struct making *m, size_t v, struct err *e)
{
    struct series *volume = &m->list.item[v];
    struct err why = {0};
    char reason[700];
    if (!m->used[v]) {
        snprintf(reason, sizeof reason,
                 "one of several volumes of its series (%.300s), which no region names "
                 "(VOLUMES=all makes it a course)",
                 volume->label);
        leave_volume(m, v, reason);
        return true;
    }
    if (volume->refusal)
        err_set(&why, ERR_REFUSED, "%s", volume->refusal);
    else if (values_check(volume, &m->wish->values, &why)) {
        add_course(m, v);
        return true;
    }
    if (why.code != ERR_REFUSED) {
        *e = why;
        return false;
    }
    snprintf(reason, sizeof reason, "the volume %.200s of its series: %.400s", volume->label,
             why.text);
    leave_volume(m, v, reason);
    sets_refuse_volume(m->sets, v, &m->scan->left_out, "its series was left out", reason);
    return true;
}

static void leave_all(struct making *m, const char *why)
{
    const struct group *g = m->sets->group;
    scan_leave_series(m->scan, g->file, g->files, why);
    sets_refuse(m->sets, &m->scan->left_out, "its series was left out", why);
}

static bool settle_volumes(struct making *m, struct err *e)
{
    bool any = false;
    for (size_t v = 0; v < m->list.n; v++) {
        m->used[v] = m->used[v] || m->wish->all_volumes;
        any = any || m->used[v];
    }
    if (!any) {
        char *labels = volumes_text(&m->list);
        struct str why = {0};
        str_addf(&why,
                 "several volumes in one series, and no region names images of just one: %s "
                 "(VOLUMES=all makes each a course)",
                 labels);
        leave_all(m, why.text);
        str_free(&why);
        free(labels);
        return true;
    }
    for (size_t v = 0; v < m->list.n; v++)
        if (!settle_volume(m, v, e))
            return false;
    sets_leave_rest(m->sets, &m->scan->left_out);
    return true;
}

/* From volumes to courses. */
static bool settle(struct making *m, struct err *e)
{
    m->used = mem_must(calloc(m->list.n, sizeof *m->used));
    volumes_assign(&m->list, &m->drops, m->sets, m->used);
    if (m->list.n > 1 || m->list.item[0].label)
        return settle_volumes(m, e);
    if (!values_check(&m->list.item[0], &m->wish->values, e))
        return false;
    add_course(m, 0);
    return true;
}

bool scan_make_courses(struct scan *s, const struct sets_of_group *sets,
                       const struct scan_wish *wish, struct err *e)
{
    struct making m = {.scan = s, .wish = wish, .sets = sets};
    struct err why = {0};
    size_t n;
    const char **named = volumes_named(sets, &n);
    const struct series_wish of_series = {
        .root = wish->root, .named = named, .n_named = n, .interpolate = wish->interpolate};
    const struct group *g = sets->group;
    bool ok =
        series_arrange(g->file, g->files, &of_series, &m.list, &m.drops, &why) && settle(&m, &why);
    if (!ok && why.code == ERR_REFUSED) {
        leave_all(&m, why.text);
        ok = true;
    }
    if (!ok && e)
        *e = why;
    series_list_free(&m.list);
    series_drops_free(&m.drops);
    free(m.used);
    free(named);
    return ok;
}
