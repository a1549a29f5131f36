/* Tables of the document beside the statements. Each begins with its heading and ends with an empty
 * line; without content it is left out. */
#ifndef RADMILL_REPORT_METHODS_TABLES_H
#define RADMILL_REPORT_METHODS_TABLES_H

#include "report/methods/methods.h"

void methods_features(const struct methods *m, struct md *page); /* by class, with IBSI's codes */
void methods_regions(const struct methods *m,
                     struct md *page); /* by name; structures of a recipe */
void methods_missing(const struct methods *m, struct md *page);  /* with reasons */
void methods_settings(const struct methods *m, struct md *page); /* of the run, and parameters */

#endif
