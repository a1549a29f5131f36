/* Which shape class applies to which image and ROI (specification 6.8, 6.9): the `applies` and
 * `gate` of their families. */
#ifndef RADMILL_ENGINE_FEATURES_SHAPE_GATE_H
#define RADMILL_ENGINE_FEATURES_SHAPE_GATE_H

#include "engine/features/family.h"

bool shape_applies(const struct family_settings *s, int dims);
bool shape_gate(const struct roi_view *view, const struct family_settings *s, const char **why);
bool flat_shape_applies(const struct family_settings *s, int dims);
bool flat_shape_gate(const struct roi_view *view, const struct family_settings *s,
                     const char **why);

#endif
