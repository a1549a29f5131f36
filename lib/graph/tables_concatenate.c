/* Tables of one header as one. The long table of a large cohort does not fit into memory: it passes
 * through in blocks. */
#include "graph/tables.h"

#include "io/atomic.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 1 << 16, MOST_HEADER = 1 << 20 };

static bool copy_rest(FILE *from, FILE *to, const char *path, struct err *e)
{
    char block[BLOCK];
    size_t n;
    while ((n = fread(block, 1, sizeof block, from)) > 0)
        if (fwrite(block, 1, n, to) != n)
            return err_errno(e, "writing");
    return !ferror(from) || err_errno(e, "reading %s", path);
}

/* What follows the header of one table; the header must be the first table's. */
static bool append(const char *path, const char *header, size_t bytes, FILE *to, struct err *e)
{
    char *own = malloc(bytes + 1);
    FILE *from = own ? fopen(path, "rb") : NULL;
    if (!from) {
        free(own);
        return err_errno(e, "reading %s", path);
    }
    bool ok = (fread(own, 1, bytes, from) == bytes && memcmp(own, header, bytes) == 0) ||
              err_set(e, ERR_REFUSED, "%s: it has another header than the first table", path);
    ok = ok && copy_rest(from, to, path, e);
    fclose(from);
    free(own);
    return ok;
}

static bool append_all(char *names, FILE *to, struct err *e)
{
    char *rest = NULL, *name = strtok_r(names, "\n", &rest);
    size_t bytes = 0;
    char *header = name ? file_read(name, MOST_HEADER, &bytes, e) : NULL;
    bool ok = header || (!name && err_set(e, ERR_REFUSED, "a list without a table"));
    if (ok && fwrite(header, 1, bytes, to) != bytes)
        ok = err_errno(e, "writing");
    while (ok && (name = strtok_r(NULL, "\n", &rest)))
        ok = append(name, header, bytes, to, e);
    free(header);
    return ok;
}

bool tables_concatenate(const char *list, const char *path, struct err *e)
{
    size_t bytes;
    struct out_file out;
    char *names = file_read(list, SIZE_MAX / 2, &bytes, e);
    if (!names || !out_open(&out, path, true, false, e)) {
        free(names);
        return false;
    }
    bool ok = append_all(names, out.file, e);
    ok = ok ? out_commit(&out, e) : (out_abort(&out), false);
    free(names);
    return ok;
}
