/* From main() to a tool: parse by the tool's table, check, run, report one line, close stdout. */
#ifndef RADMILL_CLI_RUN_H
#define RADMILL_CLI_RUN_H

#include "cli/opt.h"

/* The whole of a program that is one tool or several (NULL-terminated; they outlive the program):
 * it does what the tool that argv[0] names would do, or the first of them. Returns the exit
 * status. */
int tools_main(const struct tool *const *tools, int argc, char **argv);

/* What this program would do if it were started with these arguments. For a forked child in place
 * of exec, which would only load and link the same program again. */
int tools_main_again(int argc, char **argv);

#endif
