/* masks.json, which says what the masks of a folder are. */
#include "fuzz.h"

#include "base/str.h"
#include "boolmask/library.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct library library = {0};
    struct err e = {0};
    char *folder = path_dir(fuzz_named_file("masks.json", data, n));
    if (!library_add(&library, folder, &e) && (e.code != ERR_REFUSED || !e.text[0]))
        abort();                             /* a refusal must have a reason */
    for (size_t i = 0; i < library.n; i++) { /* no mask may lie elsewhere */
        const char *path = library.item[i].path;
        if (path &&
            (strncmp(path, folder, strlen(folder)) != 0 || strchr(path + strlen(folder) + 1, '/')))
            abort();
    }
    library_free(&library);
    free(folder);
    return 0;
}
