/* Which planes of an image lie in which of a few places: planes are made one after the other, and a
 * place is given to another plane when its own is not needed any more. */
#ifndef RADMILL_ENGINE_RESPONSES_PLANE_SLOTS_H
#define RADMILL_ENGINE_RESPONSES_PLANE_SLOTS_H

#include "base/err.h"

#include <stdint.h>

struct plane_slots {
    int64_t n, lo, planes; /* places; planes lo .. lo + planes - 1 of the image may lie in them */
    int64_t *held;         /* [n] the plane in a place; -1: none */
    int64_t *slot_of;      /* [planes] the place of a plane; -1: none */
    int64_t *group;        /* [planes] the group of planes for which it was needed last */
    int64_t next;          /* place at which the search for one to spare goes on */
};

/* ERR_FAILED: no memory. Release with plane_slots_close (zeroed is fine). */
bool plane_slots_open(struct plane_slots *s, int64_t n, int64_t lo, int64_t planes, struct err *e);
void plane_slots_close(struct plane_slots *s);

/* Plane z is needed for this group (1, 2, ...); at most n planes are for one group. */
void plane_slots_need(struct plane_slots *s, int64_t z, int64_t group);

/* The place of plane z; -1: it has none. */
int64_t plane_slots_find(const struct plane_slots *s, int64_t z);

/* Gives plane z, which has none, the place of a plane that the group does not need. */
int64_t plane_slots_take(struct plane_slots *s, int64_t z, int64_t group);

#endif
