/* Where this program was installed: its tools and its rules, found from its own place, so that the
 * tree may be moved. */
#ifndef RADMILL_GRAPH_HOME_H
#define RADMILL_GRAPH_HOME_H

#include "base/err.h"

/* New strings (free()): the folder of this executable, and rules/pipeline.ninja, which is in
 * ../share/radmill, or above bin in the sources. ERR_FAILED: there is none. */
bool home_find(char **bin, char **rules, struct err *e);

#endif
