/* Small JSON that tools leave for each other: a command's record, and facts about an image. */
#include "fuzz.h"

#include "engine/files/load_files.h"
#include "guard/record.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    const char *path = fuzz_file(data, n);
    struct err e = {0};
    struct record r;
    struct file_facts facts = {0};
    struct grid grid = grid_unit();
    if (record_read(&r, path, &e)) {
        if (!r.stage || !r.reason || !r.log)
            abort();
        record_free(&r);
    } else if (!e.text[0]) {
        abort(); /* a refusal must have a reason */
    }
    facts_read(path, &grid, &facts, NULL);
    return 0;
}
