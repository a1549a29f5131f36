/* The image that a response is computed from, and what it is beyond its border. */
#ifndef RADMILL_ENGINE_RESPONSES_SOURCE_H
#define RADMILL_ENGINE_RESPONSES_SOURCE_H

#include "engine/signal/patch.h"
#include "vol/volume.h"

struct source {
    const struct volume *image; /* borrowed; one channel */
    enum border_rule rule;
    int dims; /* 3, or 2: each slice of constant z by itself */
};

struct border source_border(const struct source *s);

/* The voxels of `box`, which lies inside the image. Release *out with patch_free. */
bool source_read(const struct source *s, const struct box *box, struct patch *out, struct err *e);

/* Every voxel of the image. */
struct box source_whole(const struct source *s);

#endif
