/* JSON values as text, numbers spelled as in the CSV. */
#ifndef RADMILL_ENGINE_ROWS_JSON_TEXT_H
#define RADMILL_ENGINE_ROWS_JSON_TEXT_H

#include "base/str.h"

void json_add_text(struct str *out, const char *text); /* quoted and escaped */
void json_add_real(struct str *out, double value);     /* null when it is NaN or infinite */

#endif
