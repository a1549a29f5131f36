/* What there is, with libradmill: classes, features, filters, settings and presets.
 *
 *     cc lists.c $(pkg-config --cflags --libs radmill) -lm -o lists && ./lists
 */
#include <radmill.h>

#include <stdio.h>

int main(void)
{
    struct radmill_family family = RADMILL_INIT(radmill_family);
    struct radmill_feature feature = RADMILL_INIT(radmill_feature);
    struct radmill_filter filter = RADMILL_INIT(radmill_filter);
    struct radmill_setting setting = RADMILL_INIT(radmill_setting);
    struct radmill_preset preset = RADMILL_INIT(radmill_preset);
    printf("interface %d\n", radmill_interface());
    for (size_t i = 0; radmill_family_at(i, &family); i++)
        printf("class %s: %zu features\n", family.name, family.features);
    for (size_t i = 0; radmill_feature_at(i, &feature); i++)
        printf("feature %s_%s %s %s\n", feature.family, feature.name, feature.code, feature.unit);
    for (size_t i = 0; radmill_filter_at(i, &filter); i++)
        printf("filter %s: %s\n", filter.name, filter.summary);
    for (size_t i = 0; radmill_setting_at(i, &setting); i++)
        printf("setting %s (%s, %s): %s\n", setting.name, setting.type, setting.fallback,
               setting.summary);
    for (size_t i = 0; radmill_preset_at(i, &preset); i++)
        printf("preset %s: %s\n", preset.name, preset.summary);
    return 0;
}
