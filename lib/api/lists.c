/* The lists of classes, features, filters, settings and presets. */
#include "api/call.h"

#include "engine/params/catalogue.h"

#include <stdio.h>

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

bool radmill_feature_at(size_t i, struct radmill_feature *out)
{
    struct catalogue_feature f;
    if (!catalogue_feature_at(i, &f))
        return false;
    struct radmill_feature own = {
        .profile = f.profile->name,
        .family = f.family->name,
        .name = f.feature->name,
        .code = or_empty(f.feature->ibsi_code),
        .unit = or_empty(f.feature->unit),
        .status = catalogue_status(f.feature->status),
    };
    catalogue_aggregations(f.family->aggregates, own.aggregations);
    api_write(out, &own, sizeof own);
    return true;
}

bool radmill_family_at(size_t i, struct radmill_family *out)
{
    for (const struct profile *const *p = profiles; *p; p++)
        for (const struct family *const *f = (*p)->families; *f; f++)
            if (i-- == 0) {
                const struct radmill_family own = {.profile = (*p)->name,
                                                   .name = (*f)->name,
                                                   .features = (size_t)(*f)->n_features};
                api_write(out, &own, sizeof own);
                return true;
            }
    return false;
}

bool radmill_filter_at(size_t i, struct radmill_filter *out)
{
    struct catalogue_filter f;
    if (!catalogue_filter_at(i, &f))
        return false;
    const struct radmill_filter own = {
        .profile = f.profile->name, .name = f.filter->name, .summary = f.filter->summary};
    api_write(out, &own, sizeof own);
    return true;
}

bool radmill_setting_at(size_t i, struct radmill_setting *out)
{
    struct catalogue_setting s;
    if (!catalogue_setting_at(i, &s))
        return false;
    struct radmill_setting own = {
        .profile = s.profile->name,
        .name = s.key->name,
        .summary = or_empty(s.key->summary),
        .filter = s.filter ? s.filter->name : "",
        .fallback = s.key->fallback,
        .voxel = s.key->voxel,
    };
    catalogue_type(s.key, own.type);
    api_write(out, &own, sizeof own);
    return true;
}

bool radmill_preset_at(size_t i, struct radmill_preset *out)
{
    struct catalogue_preset p;
    if (!catalogue_preset_at(i, &p))
        return false;
    const struct radmill_preset own = {.profile = p.profile->name,
                                       .name = p.preset->name,
                                       .summary = p.preset->summary,
                                       .text = p.preset->text};
    api_write(out, &own, sizeof own);
    return true;
}
