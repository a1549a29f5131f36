/* Compares the table of all with the states of the regions. */
#include "graph/run.h"

#include "io/atomic.h"

#include <stdint.h>
#include <stdlib.h>

/* Counts ends of records outside quotes. */
static size_t count_lines(const char *text, size_t bytes)
{
    size_t n = 0;
    bool quoted = false;
    for (const char *at = text, *end = text + bytes; at < end; at++) {
        if (*at == '"')
            quoted = !quoted;
        n += *at == '\n' && !quoted;
    }
    return n;
}

bool run_check_rows(const char *radiomics, size_t ok, struct err *e)
{
    size_t bytes;
    char *text = file_read(radiomics, SIZE_MAX / 2, &bytes, e);
    if (!text)
        return err_wrap(e, "the table of features");
    size_t lines = count_lines(text, bytes);
    free(text);
    return lines == ok + 1 || err_set(e, ERR_FAILED, "%s has %zu rows for %zu regions that are ok",
                                      radiomics, lines ? lines - 1 : 0, ok);
}
