#include "graph/plan_parts.h"

#include "base/mem.h"
#include "io/atomic.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 1 << 24 };

static const struct variant {
    const char *modality;
    enum setting file;
    const char *preset, *ibsi_preset; /* of PRESET=auto, and with PROFILE=ibsi */
} variants[] = {
    {"CT", SET_PARAMS_CT, "ct", "ibsi1-cohort-ct"},
    {"MR", SET_PARAMS_MR, "mr", "ibsi1-cohort-mr"},
    {"PT", SET_PARAMS_PT, "pet-fdg", "ibsi1-cohort-pt"},
};
enum { VARIANTS = sizeof variants / sizeof variants[0] };

static const char *ending(const char *path)
{
    return str_ends_with(path, ".json") ? "json" : "yaml";
}

static void from_file(struct plan_params *p, const char *name, const char *user_path)
{
    snprintf(p->file, sizeof p->file, INPUTS_DIR "/params%s.%s", name, ending(user_path));
    snprintf(p->command, sizeof p->command, "--params %s", p->file);
    snprintf(p->columns, sizeof p->columns, INPUTS_DIR "/columns%s.csv", name);
    p->source = user_path;
}

static void from_preset(struct plan_params *p, const char *preset)
{
    snprintf(p->command, sizeof p->command, "--preset %s", preset);
    snprintf(p->columns, sizeof p->columns, INPUTS_DIR "/columns-%s.csv", preset);
    p->preset = preset;
}

/* The profile in front of radfeat's other words. */
static void add_profile(struct plan_params *p, const char *profile)
{
    char rest[sizeof p->command];
    p->profile = profile;
    snprintf(rest, sizeof rest, "%s", p->command);
    snprintf(p->command, sizeof p->command, "--profile %s%s%.80s", profile, rest[0] ? " " : "",
             rest);
    if (!p->source && !p->preset)
        snprintf(p->columns, sizeof p->columns, INPUTS_DIR "/columns-%s.csv", profile);
}

bool plan_has_long(const struct run_settings *s)
{
    return strstr(settings_get(s, SET_TABLES), "long") != NULL;
}

struct plan_params plan_params_for(const struct run_settings *s, const char *modality)
{
    struct plan_params p = {0};
    const struct variant *v = NULL;
    for (int i = 0; i < VARIANTS; i++)
        if (strcmp(variants[i].modality, modality) == 0)
            v = &variants[i];
    const char *own = v ? settings_get(s, v->file) : NULL;
    const char *common = settings_get(s, SET_PARAMS), *preset = settings_get(s, SET_PRESET);
    const char *profile = settings_get(s, SET_PROFILE);
    char name[8];
    snprintf(name, sizeof name, "-%.2s", modality);
    if (own)
        from_file(&p, name, own);
    else if (common)
        from_file(&p, "", common);
    else if (preset && strcmp(preset, "auto") != 0)
        from_preset(&p, preset);
    else if (preset && v)
        from_preset(&p, profile && strcmp(profile, "ibsi") == 0 ? v->ibsi_preset : v->preset);
    else
        snprintf(p.columns, sizeof p.columns, INPUTS_DIR "/columns.csv");
    if (profile)
        add_profile(&p, profile);
    p.is_long = plan_has_long(s);
    snprintf(p.words, sizeof p.words, INPUTS_DIR "/params-%s.txt", v ? v->modality : "any");
    return p;
}

static bool copy(const char *from, const char *to, struct err *e)
{
    size_t bytes;
    char *text = file_read(from, MOST_BYTES, &bytes, e);
    bool ok = text && out_write(to, text, bytes, true, e);
    free(text);
    return ok;
}

static bool write_words(const struct plan_params *p, struct err *e)
{
    char words[sizeof p->command + 8];
    int n = snprintf(words, sizeof words, "%s%s", p->command, p->is_long ? " --long" : "");
    return out_write(p->words, words, (size_t)n, true, e);
}

bool plan_copy_params(const struct run_settings *s, struct err *e)
{
    const char *common = settings_get(s, SET_PARAMS);
    struct plan_params p = {0};
    if (common)
        from_file(&p, "", common);
    if (common && !copy(common, p.file, e))
        return false;
    for (int i = 0; i <= VARIANTS; i++) { /* and "any" */
        const char *own = i < VARIANTS ? settings_get(s, variants[i].file) : NULL;
        p = plan_params_for(s, i < VARIANTS ? variants[i].modality : "");
        if ((own && !copy(own, p.file, e)) || !write_words(&p, e))
            return false;
    }
    const char *recipe = settings_get(s, SET_CUSTOM_STRUCTURES);
    return !recipe || copy(recipe, RECIPE_FILE, e);
}
