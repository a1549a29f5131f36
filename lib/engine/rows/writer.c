#include "engine/rows/writer.h"

#include <stddef.h>

#define FORMATS(X)   X(csv) X(json) X(long)
#define WRITER(name) &writer_##name,
#define NAME(name)   #name,

const struct row_writer *const row_writers[] = {FORMATS(WRITER) NULL};
const char *const row_writer_names[] = {FORMATS(NAME) NULL};

void row_write(const struct row_writer *w, const struct case_row *r, struct str *out)
{
    if (w->header)
        w->header(r, out);
    w->record(r, out);
}
