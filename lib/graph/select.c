#include "graph/select.h"

#include "base/log.h"
#include "base/mem.h"
#include "graph/progress.h"
#include "io/json.h"
#include "io/json_count.h"
#include "names/pattern.h"

#include <stdlib.h>
#include <string.h>

static bool parse(const struct run_settings *s, enum setting which, struct str_list *out,
                  bool **took, struct err *e)
{
    const char *text = settings_get(s, which);
    if (text && !patterns_parse(text, out, e))
        return err_wrap(e, "%s=%s", settings_table[which].name, text);
    *took = mem_must(calloc(out->n + 1, sizeof **took));
    return true;
}

bool selection_make(const struct run_settings *s, struct selection *out, struct err *e)
{
    const char *names = settings_get(s, SET_ROI_NAMES);
    *out = (struct selection){
        .left_out = json_array(), .unnamed = json_object(), .has_names = names != NULL};
    return parse(s, SET_ROIS, &out->rois, &out->rois_took, e) &&
           parse(s, SET_SKIP_ROIS, &out->skip, &out->skip_took, e) &&
           (!names || roi_names_load(names, &out->names, e));
}

void selection_free(struct selection *s)
{
    str_list_free(&s->rois);
    str_list_free(&s->skip);
    free(s->rois_took);
    free(s->skip_took);
    roi_names_free(&s->names);
    json_decref(s->left_out);
    json_decref(s->unnamed);
    *s = (struct selection){0};
}

static bool take(const struct str_list *patterns, bool *took, const char *name)
{
    bool any = false;
    for (size_t i = 0; i < patterns->n; i++) {
        bool takes = pattern_takes(patterns->item[i], name);
        took[i] = took[i] || takes;
        any = any || takes;
    }
    return any;
}

const char *selection_refuses(struct selection *s, const char *name)
{
    bool wanted = !s->rois.n || take(&s->rois, s->rois_took, name);
    if (take(&s->skip, s->skip_took, name))
        return "not selected: SKIP_ROIS names it";
    return wanted ? NULL : "not selected: ROIS does not name it";
}

const char *selection_name(struct selection *s, const char *original, struct str *clash)
{
    if (!s->has_names)
        return NULL;
    const char *other, *name = roi_names_find(&s->names, original, &other);
    if (other)
        str_addf(clash, "ROI_NAMES: more than one name takes it, among them %s", other);
    if (!name && !other)
        json_count(s->unnamed, original);
    return name;
}

/* --- telling --- */

static void tell_unnamed(const json_t *all)
{
    enum { MOST = 30 };
    size_t n;
    struct json_count *list = json_counts_most_first(all, &n);
    struct str text = {0};
    for (size_t i = 0; i < n && i < MOST; i++) {
        str_add(&text, i ? ", " : "");
        clean_text(list[i].text, &text);
        str_addf(&text, " (%zu)", list[i].n);
    }
    if (n > MOST)
        str_addf(&text, " and %zu more", n - MOST);
    if (n)
        say("radmill: ROI_NAMES: no pattern takes %s\n", text.text);
    str_free(&text);
    free(list);
}

static void tell_idle(const char *setting, const struct str_list *patterns, const bool *took)
{
    for (size_t i = 0; i < patterns->n; i++)
        if (!took[i])
            log_warning("%s: no region is called %s", setting, patterns->item[i]);
}

void selection_tell(const struct selection *s)
{
    tell_idle("ROIS", &s->rois, s->rois_took);
    tell_idle("SKIP_ROIS", &s->skip, s->skip_took);
    tell_unnamed(s->unnamed);
}
