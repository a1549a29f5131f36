/* The batch file of radfeat. */
#include "fuzz.h"

#include "base/log.h"
#include "batch/cases.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct batch_cases cases;
    struct err e = {0};
    log_set_level(LOG_ERROR);
    if (!batch_cases_read(fuzz_file(data, n), &cases, &e)) {
        if (!e.text[0])
            abort(); /* a refusal must have a reason */
        return 0;
    }
    for (size_t i = 0; i < cases.n; i++)
        if (!cases.item[i].image || !cases.item[i].mask || cases.item[i].cell.n != cases.column.n)
            abort();
    batch_cases_free(&cases);
    return 0;
}
