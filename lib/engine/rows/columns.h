/* The columns of the feature table: a pure function of the parameters and the number of axes of
 * the image, so that tables are complete whatever failed and all rows of a run fit together. */
#ifndef RADMILL_ENGINE_ROWS_COLUMNS_H
#define RADMILL_ENGINE_ROWS_COLUMNS_H

#include "engine/params/params.h"

/* "<image>_<class>_<Feature>" of one family and response: specification 1.4. */
void column_name(struct str *out, const char *response, const struct family *family, int feature);

/* Has this class columns for an image of `dims` axes? shape needs three axes; shape2D two, or
 * force2D. */
bool column_applies(const struct params *p, const struct family *family, int dims);

/* Appends the feature columns in order; deprecated features without a formula have none.
 * ERR_REFUSED as filter_names. */
bool columns_list(const struct params *p, int dims, struct str_list *out, struct err *e);

/* The same for maps, which shapes have none of. */
bool columns_of_maps(const struct params *p, int dims, struct str_list *out, struct err *e);

#endif
