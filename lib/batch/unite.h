/* The outputs of single cases as one: a CSV with the columns of all of them, an array of JSON
 * objects, or long CSV under one header. */
#ifndef RADMILL_BATCH_UNITE_H
#define RADMILL_BATCH_UNITE_H

#include "base/str.h"
#include "engine/rows/rows.h"

struct unite { /* zero-initialise but for the format; release with unite_free */
    enum row_format format;
    struct str_list column; /* CSV: in order of first appearance */
    struct str_list *row;   /* CSV: cells by column, later columns missing; else: one text */
    size_t n;
};

/* For a table to which no case has contributed: the header that radfeat prints. */
void unite_add_header(struct unite *u, const char *header);
void unite_add(struct unite *u, const char *output); /* what radfeat printed for one case */
void unite_add_cells(struct unite *u, const struct str_list *column, const struct str_list *cell);
void unite_print(const struct unite *u, struct str *out);
void unite_free(struct unite *u);

#endif
