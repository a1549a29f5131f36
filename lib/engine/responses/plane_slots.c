#include "engine/responses/plane_slots.h"

#include "base/mem.h"

#include <stdlib.h>

bool plane_slots_open(struct plane_slots *s, int64_t n, int64_t lo, int64_t planes, struct err *e)
{
    *s = (struct plane_slots){.n = n, .lo = lo, .planes = planes};
    s->held = mem_array((size_t)n, sizeof *s->held, e);
    s->slot_of = mem_array((size_t)planes, sizeof *s->slot_of, e);
    s->group = mem_array((size_t)planes, sizeof *s->group, e);
    for (int64_t i = 0; s->held && i < n; i++)
        s->held[i] = -1;
    for (int64_t i = 0; s->slot_of && i < planes; i++)
        s->slot_of[i] = -1;
    return s->held && s->slot_of && s->group;
}

void plane_slots_close(struct plane_slots *s)
{
    free(s->held);
    free(s->slot_of);
    free(s->group);
    *s = (struct plane_slots){0};
}

void plane_slots_need(struct plane_slots *s, int64_t z, int64_t group)
{
    s->group[z - s->lo] = group;
}

int64_t plane_slots_find(const struct plane_slots *s, int64_t z)
{
    return s->slot_of[z - s->lo];
}

int64_t plane_slots_take(struct plane_slots *s, int64_t z, int64_t group)
{
    int64_t slot = s->next % s->n;
    while (s->held[slot] >= 0 && s->group[s->held[slot] - s->lo] == group)
        slot = ++s->next % s->n;
    if (s->held[slot] >= 0)
        s->slot_of[s->held[slot] - s->lo] = -1;
    s->held[slot] = z;
    s->slot_of[z - s->lo] = slot;
    return slot;
}
