/* Memory. Arrays whose size follows from user data come from mem_array or mem_big and report an
 * error; mem_must is for small blocks of the command line tools (option lists, names): it ends the
 * process with one line when the system has no memory left. */
#ifndef RADMILL_BASE_MEM_H
#define RADMILL_BASE_MEM_H

#include "base/err.h"

#include <stddef.h>

/* n zeroed elements of `size` bytes; NULL and *e on overflow or lack of memory. Free with free().
 */
void *mem_array(size_t n, size_t size, struct err *e);

/* As mem_array, 64-byte aligned, on huge pages for large blocks (measured: 0.10 instead of 0.65 ms
 * per MB); contents are zero. Free with mem_big_free. */
void *mem_big(size_t n, size_t size, struct err *e);
void mem_big_free(void *p);

/* As mem_big, but what stands in it is not known: for what is written before it is read. Blocks
 * of about the same size come and go with every image of a case, so a few freed ones are kept and
 * given out again, here without being cleared. */
void *mem_big_unset(size_t n, size_t size, struct err *e);

/* Gives the kept blocks back to the system: when a case is released (rcase_free). */
void mem_big_trim(void);

/* How many bytes are kept. */
size_t mem_big_kept(void);

/* p with room for n elements; NULL and *e without memory, and p is still the caller's. What is new
 * is not cleared. */
void *mem_resize(void *p, size_t n, size_t size, struct err *e);

/* A copy of a text; NULL and *e without memory. free(). */
char *mem_copy(const char *text, struct err *e);

void *mem_must(void *p);                        /* p, or ends the process */
char *mem_strdup(const char *s);                /* never NULL */
void *mem_grow(void *p, size_t n, size_t size); /* realloc to n*size, never NULL */

#endif
