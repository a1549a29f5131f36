/* The batch file of pyradiomics' command line (specification 8.2): a CSV with a header, columns
 * Image and Mask, optionally Label and Label_channel; all columns go into the output. Where
 * pyradiomics takes commas only, semicolons and tabs, UTF-16 and blanks around the cells are read
 * too: that is what spreadsheets write. */
#ifndef RADMILL_BATCH_CASES_H
#define RADMILL_BATCH_CASES_H

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct batch_case {
    struct str_list cell;     /* one per column; Image and Mask made absolute */
    const char *image, *mask; /* cells */
    int64_t label, channel;   /* 0 and -1: no such column, or an empty cell */
    char *refusal;            /* why this case cannot be run, or NULL */
};

struct batch_cases {
    struct str_list column;
    struct batch_case *item;
    size_t n;
};

/* Reads the file (io/text.h, csv_guess); relative paths are taken from its folder.
 * Blank lines are ignored, rows without an Image or Mask cell and surplus cells are passed over
 * with a warning. ERR_REFUSED: no such file, no Image or Mask column (the message names those that
 * exist), no case. Release with batch_cases_free. */
bool batch_cases_read(const char *path, struct batch_cases *out, struct err *e);
void batch_cases_free(struct batch_cases *c);

#endif
