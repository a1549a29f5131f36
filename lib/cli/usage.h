/* Help in every form, printed from a tool's tables. */
#ifndef RADMILL_CLI_USAGE_H
#define RADMILL_CLI_USAGE_H

#include "base/str.h"
#include "cli/opt.h"

/* Appends the tool's help. format: "text", "md", "man", "json", "bash". Unknown format: ERR_USAGE.
 */
bool usage_print(const struct tool *t, const char *format, struct str *out, struct err *e);

/* The synopsis lines only, for a wrong command line. */
void usage_brief(const struct tool *t, struct str *out);

#endif
