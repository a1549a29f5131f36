/* The masks that structures can be built from: folders of one source each, and what a recipe
 * defines. */
#ifndef RADMILL_BOOLMASK_LIBRARY_H
#define RADMILL_BOOLMASK_LIBRARY_H

#include "base/str.h"
#include "boolmask/recipe.h"
#include "boolmask/region.h"

struct library_item {
    char *source;        /* name of its folder: Manual, AutoRTS_total, ...; recipes: Custom */
    char *name;          /* original */
    char *also;          /* a second name, equivalent to the original; NULL: none */
    char *stem;          /* of its file, or the minted name */
    char *path;          /* NULL: no mask (reason says why), or a structure of the recipe */
    char *reason;        /* may be NULL */
    bool partial;        /* built without one of its sources */
    int structure;       /* index in the recipe, else -1 */
    struct volume piped; /* of standard input, which is read once; path is "-" then */
};

struct library {
    struct library_item *item; /* folders in the order given, by file name in each; then recipe */
    size_t n;
};

/* Adds the masks of a folder: those of its masks.json, and other .nii and .nii.gz files beside it;
 * or, when path is a file ("-": standard input), that one: source "files", called as its stem
 * ("stdin"). ERR_REFUSED: unreadable, or masks.json is broken. */
bool library_add(struct library *l, const char *path, struct err *e);

/* Adds the structures of a recipe, as source Custom. */
void library_add_recipe(struct library *l, const struct recipe *r);

/* Gives masks second names: a JSON file {"SOURCE": {"STEM": "NAME"}}. ERR_REFUSED: it is none. */
bool library_name(struct library *l, const char *path, struct err *e);
void library_free(struct library *l); /* zeroed is fine */

/* Reads a mask onto the grid: as it is, or with axes flipped or permuted; another grid is refused
 * (ERR_REFUSED) unless `resample` asks for nearest neighbours. */
bool library_load(const struct library_item *item, const struct grid *g, bool resample,
                  struct region *out, struct err *e);

/* The grid of the first mask that has voxels. ERR_REFUSED: none has. */
bool library_grid(const struct library *l, struct grid *g, struct err *e);

enum match { MATCH_NONE, MATCH_ONE, MATCH_AMBIGUOUS };

/* Finds the one that is meant by a name; `source/name` stays inside that source. Exact (original
 * name or stem) comes before normalised (letters and digits in lower case, without the prefixes
 * that automatic segmentation puts in front); on an equal match Manual comes before Custom before
 * AutoRTS, and inside one source an original name before a stem. `self`: the recipe's structure
 * that is being built, or -1; a name means that structure itself only when nothing else has the
 * name. found     index of the item (MATCH_ONE) exactly   whether the match was exact others    for
 * MATCH_AMBIGUOUS: "a, b", appended */
enum match library_find(const struct library *l, const char *asked, int self, size_t *found,
                        bool *exactly, struct str *others);

/* The name or stem most similar to one that was not found; NULL when none is similar. Borrowed. */
const char *library_nearest(const struct library *l, const char *asked);

/* "source/name", appended. */
void library_print(const struct library_item *item, struct str *out);

/* Lower case letters and digits of a name without known prefixes (free()). Bytes beyond ASCII stay.
 */
char *library_normal(const char *name);

#endif
