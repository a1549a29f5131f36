/* Where radmill is installed: its tools and rules, found relative to the running program, so that
 * the installation may be moved. */
#ifndef RADMILL_GRAPH_HOME_H
#define RADMILL_GRAPH_HOME_H

#include "base/err.h"

/* New strings (free()): the folder of this executable, and rules/pipeline.ninja, which is in
 * ../share/radmill, or above bin in the sources. ERR_FAILED: there is none. */
bool home_find(char **bin, char **rules, struct err *e);

#endif
