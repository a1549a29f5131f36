/* Values of settings by their kinds: what settings.c and settings_print.c share. */
#ifndef RADMILL_GRAPH_SETTINGS_VALUE_H
#define RADMILL_GRAPH_SETTINGS_VALUE_H

#include "graph/settings.h"

/* The value that is kept for a text that is not empty (free()); NULL: error, without the name. */
char *settings_accept(const struct setting_info *i, const char *text, struct err *e);

/* Appends the words that the setting accepts. */
void settings_choices(const struct setting_info *i, const char *between, struct str *out);

#endif
