#include "masks/source.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct mask_format *const FORMATS[] = {&mask_format_rtstruct, &mask_format_seg,
                                                    &mask_format_labels};
enum { N_FORMATS = sizeof FORMATS / sizeof *FORMATS };

void mask_paint_free(struct mask_paint *p)
{
    str_list_free(&p->notes);
    *p = (struct mask_paint){0};
}

/* Formats only recognise their own files; a file that cannot be read at all is reported here. */
static bool can_be_read(const char *path, struct err *e)
{
    if (strcmp(path, "-") == 0)
        return true;
    FILE *file = fopen(path, "rbe");
    if (!file)
        return err_input(e, "%s", path);
    char first;
    bool ok = fread(&first, 1, 1, file) == 1 || !ferror(file) || err_input(e, "reading %s", path);
    fclose(file);
    return ok;
}

bool source_open(const char *path, bool names_only, struct mask_source *s, struct err *e)
{
    *s = (struct mask_source){0};
    if (!can_be_read(path, e))
        return false;
    for (int f = 0; f < N_FORMATS; f++) {
        if (!FORMATS[f]->recognise(path))
            continue;
        s->format = FORMATS[f];
        s->path = mem_strdup(path);
        if (FORMATS[f]->open(path, names_only, s, e) &&
            (s->rois || err_set(e, ERR_REFUSED, "%s: it names no region", path)))
            return true;
        source_close(s);
        return false;
    }
    return err_set(e, ERR_REFUSED, "%s: no structure set, segmentation or label map", path);
}

/* The reason without the path in front of it: masks.json names the file separately. */
static const char *without_path(const char *why, const char *path)
{
    size_t n = strlen(path);
    return strncmp(why, path, n) == 0 && strncmp(why + n, ": ", 2) == 0 ? why + n + 2 : why;
}

bool source_open_refused(const char *path, const char *why, struct mask_source *s, struct err *e)
{
    *s = (struct mask_source){0};
    for (int f = 0; f < N_FORMATS && !s->format; f++)
        if (FORMATS[f]->recognise(path))
            s->format = FORMATS[f];
    if (!s->format)
        return err_set(e, ERR_REFUSED, "%s", why);
    s->path = mem_strdup(path);
    s->refusal = mem_strdup(without_path(why, path));
    if (s->format->name_regions(path, s, e) && s->rois)
        return true;
    source_close(s);
    return err_set(e, ERR_REFUSED, "%s", why);
}

bool source_paint(const struct mask_source *s, size_t roi, const struct mask_target *t,
                  struct mask_paint *out, struct err *e)
{
    const char *refusal = s->refusal ? s->refusal : s->roi[roi].refusal;
    if (refusal) {
        out->refused = true;
        snprintf(out->reason, sizeof out->reason, "%s", refusal);
        return true;
    }
    return s->format->paint(s, roi, t, out, e) || err_wrap(e, "%s", s->path);
}

void source_close(struct mask_source *s)
{
    if (s->format)
        s->format->close(s);
    for (size_t i = 0; i < s->rois; i++) {
        free(s->roi[i].name);
        free(s->roi[i].refusal);
        str_list_free(&s->roi[i].notes);
    }
    free(s->roi);
    free(s->path);
    free(s->uid);
    free(s->label);
    free(s->refusal);
    *s = (struct mask_source){0};
}
