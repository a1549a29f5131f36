/* A growing text buffer. Zero-initialise; `text` is always NUL-terminated once anything was added.
 *
 * When memory runs out the process ends, unless the buffer was initialised as STR_MAY_FAIL: then it
 * is marked as failed and takes nothing more, and its owner must ask str_ok before using it. */
#ifndef RADMILL_BASE_STR_H
#define RADMILL_BASE_STR_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct str {
    char *text; /* NULL until the first addition: use str_text */
    size_t len, room;
    bool may_fail, failed;
};
#define STR_MAY_FAIL                                                                               \
    {                                                                                              \
        .may_fail = true                                                                           \
    }

/* Was there memory for everything that was added? false: ERR_FAILED. */
bool str_ok(const struct str *s, struct err *e);

/* Marks a text as one that there was no memory for, as an addition without memory does. */
void str_fail(struct str *s);

void str_add(struct str *s, const char *text);
void str_add_n(struct str *s, const char *bytes, size_t n);
void str_add_char(struct str *s, char c);
void str_addf(struct str *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *str_text(const struct str *s); /* never NULL */
char *str_take(struct str *s);             /* hands the text over (free()); s is empty again. NULL
                                            * only for one that has failed */
void str_free(struct str *s);

/* A list of owned strings. Zero-initialise, or as STR_MAY_FAIL. */
struct str_list {
    char **item;
    size_t n, room;
    bool may_fail, failed;
};
bool str_list_ok(const struct str_list *l, struct err *e);

void str_list_fail(struct str_list *l); /* as str_fail */

void str_list_add(struct str_list *l, const char *text); /* copies */
/* Item `at` becomes a copy of the text; a list that is shorter gets empty items before it. */
void str_list_set(struct str_list *l, size_t at, const char *text);
/* Adds the text of s, which is empty then; one that has failed makes the list fail. */
void str_list_take(struct str_list *l, struct str *s);
bool str_list_has(const struct str_list *l, const char *text);
void str_list_sort(struct str_list *l); /* by bytes */
void str_list_free(struct str_list *l);

/* Cuts white space off both ends in place; returns the new start inside s. */
char *str_trim(char *s);

/* A new string: text with `with` wherever `what` (not empty) stands; free(). */
char *str_replaced(const char *text, const char *what, const char *with);

bool str_ends_with(const char *s, const char *suffix);
bool str_starts_with(const char *s, const char *prefix);

/* New string "a/b" (free()); a trailing slash of a is not doubled; an absolute b wins. */
char *path_join(const char *a, const char *b);

/* The path behind the last slash, inside path. */
const char *path_base(const char *path);

/* New string: the path before the last slash; "." when there is none (free()). */
char *path_dir(const char *path);

#endif
