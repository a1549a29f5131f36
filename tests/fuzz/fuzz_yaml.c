#include "fuzz.h"

#include "shim/yaml.h"

#include <stdlib.h>

static size_t count(const struct yaml_node *node)
{
    size_t n = 1;
    for (size_t i = 0; i < node->n; i++)
        n += count(node->child[i]);
    return n;
}

/* The first byte chooses the flavour. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct err e = {0};
    if (!n)
        return 0;
    struct yaml_doc *doc =
        yaml_parse((const char *)data + 1, n - 1, "fuzz", data[0] & 1 ? YAML_JSON : YAML_1_2, &e);
    if (!doc && !e.text[0])
        abort();
    if (doc && count(yaml_root(doc)) > 10u * YAML_MAX_NODES)
        abort();
    yaml_destroy(doc);
    return 0;
}
