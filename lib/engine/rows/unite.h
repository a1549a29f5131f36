/* Joins the outputs of single cases, for the writers of this room; each writer stores in it what it
 * needs.
 */
#ifndef RADMILL_ENGINE_ROWS_UNITE_H
#define RADMILL_ENGINE_ROWS_UNITE_H

#include "base/str.h"
#include "engine/rows/writer.h"

struct unite { /* zero-initialise but for the writer; release with unite_free */
    const struct row_writer *writer;
    struct str_list column; /* CSV: in order of first appearance */
    struct str_list *row;   /* CSV: cells by column, later columns missing; else: one text */
    size_t n;
    struct str_list spare; /* the row of a case for which there was no memory; column has failed */
};

void unite_add(struct unite *u, const char *output); /* what radfeat printed for one case */
void unite_add_cells(struct unite *u, const struct str_list *column, const struct str_list *cell);
void unite_print(const struct unite *u, struct str *out);
void unite_free(struct unite *u);

/* A new empty row, for writers; without memory `spare`, and the table fails (str_list_fail). */
struct str_list *unite_row(struct unite *u);

/* Keeps the output of a case as it is: a writer's unite_text. */
void unite_keep_text(struct unite *u, const char *output);

#endif
