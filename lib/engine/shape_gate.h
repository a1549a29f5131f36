/* Which shape class can be asked of which ROI (specification 6.8, 6.9). */
#ifndef RADMILL_ENGINE_SHAPE_GATE_H
#define RADMILL_ENGINE_SHAPE_GATE_H

#include "engine/features/family.h"
#include "engine/preprocess/roi_view.h"

/* false: pyradiomics passes the class over with a warning; *why says so. */
bool shape_gate(const struct family *f, const struct roi_view *view, const struct settings *s,
                const char **why);

#endif
