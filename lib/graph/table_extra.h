/* Identity columns that stand in the tables of features whenever a setting is given, behind
 * table_identity. A column is a row of the table in table_extra.c. */
#ifndef RADMILL_GRAPH_TABLE_EXTRA_H
#define RADMILL_GRAPH_TABLE_EXTRA_H

#include "graph/settings.h"
#include "io/csv.h"

#include <jansson.h>

/* Appends the columns of the settings that are given. */
void table_extra_columns(const struct run_settings *s, struct str_list *columns);

/* Puts the names of the columns that a course's table.json asks for ("extra"), and the cells of a
 * region: `masks` is what masks.json of each source says, `mask` its own entry there (NULL: none).
 */
void table_extra_put_names(const json_t *job, struct csv_row *row);
void table_extra_put(const json_t *job, const json_t *masks, const json_t *mask,
                     struct csv_row *row);

#endif
