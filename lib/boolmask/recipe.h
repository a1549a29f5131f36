/* Recipes: the custom_structures file of rtpipeline, unchanged.
 *
 *     custom_structures:
 *       - name: ptv_ring
 *         operation: subtract          union, intersection, subtract or xor; may be left out for
 *                                      one source
 *         source_structures: [ptv_plus, PTV]
 *         margin: 5                    or {uniform_mm: 5}, or the six anterior_mm posterior_mm
 *                                      left_mm right_mm superior_mm inferior_mm
 *         description: free text
 *
 * Structures may be built from structures, in any order. Unknown keys are refused with their line.
 */
#ifndef RADMILL_BOOLMASK_RECIPE_H
#define RADMILL_BOOLMASK_RECIPE_H

#include "boolmask/tree.h"
#include "names/mint.h"

struct recipe_structure {
    char *name;
    char roi_id[MINT_SIZE]; /* minted among the structures of the recipe */
    char *description;      /* may be empty */
    struct node *tree;
    int line;
};

struct recipe {
    struct recipe_structure *structure; /* in file order */
    size_t n;
};

/* "-" is standard input. ERR_REFUSED names file, line and cause. A file without structures is fine.
 * recipe_free in every case. */
bool recipe_read(const char *path, struct recipe *out, struct err *e);

/* The same from bytes; name stands in front of messages. */
bool recipe_parse(const char *bytes, size_t n, const char *name, struct recipe *out, struct err *e);
void recipe_free(struct recipe *r); /* zeroed is fine */

#endif
