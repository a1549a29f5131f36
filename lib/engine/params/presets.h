/* Built-in parameter files: settings that users of radiotherapy cohorts run. */
#ifndef RADMILL_ENGINE_PARAMS_PRESETS_H
#define RADMILL_ENGINE_PARAMS_PRESETS_H

struct preset {
    const char *name, *text; /* text is YAML */
};

extern const struct preset presets[]; /* ends with name NULL */

const struct preset *preset_find(const char *name); /* NULL when unknown */

#endif
