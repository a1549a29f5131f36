/* replay FILE...: runs a fuzz target once on each file. */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        FILE *f = fopen(argv[i], "rb");
        if (!f) {
            perror(argv[i]);
            return 1;
        }
        uint8_t *data = malloc(1 << 22);
        size_t n = data ? fread(data, 1, 1 << 22, f) : 0;
        fclose(f);
        /* an exact copy, so that reading behind the end is seen */
        uint8_t *exact = malloc(n ? n : 1);
        for (size_t k = 0; exact && k < n; k++)
            exact[k] = data[k];
        free(data);
        LLVMFuzzerTestOneInput(exact, n);
        free(exact);
    }
    printf("%d inputs\n", argc - 1);
    return 0;
}
