#include "shim/yaml_build.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool yaml_error(struct err *e, const struct yaml_doc *doc, int line, const char *format, ...)
{
    char text[768];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    return err_set(e, ERR_REFUSED, "%s:%d: %s", doc->name, line, text);
}

void yaml_destroy(struct yaml_doc *doc)
{
    if (!doc)
        return;
    while (doc->all) {
        struct build *b = doc->all;
        doc->all = b->next;
        free(b->text);
        free(b->key);
        free(b->child);
        free(b);
    }
    free(doc->name);
    free(doc);
}

const struct yaml_node *yaml_root(const struct yaml_doc *doc)
{
    return &doc->root->node;
}

const char *yaml_name(const struct yaml_doc *doc)
{
    return doc->name;
}

const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key)
{
    for (size_t i = 0; map->kind == YAML_MAP && i < map->n; i++)
        if (strcmp(map->child[i]->key, key) == 0)
            return map->child[i];
    return NULL;
}

const char *yaml_kind_name(enum yaml_kind kind)
{
    static const char *const name[] = {
        [YAML_NULL] = "null", [YAML_BOOL] = "bool", [YAML_INT] = "int",     [YAML_REAL] = "float",
        [YAML_TEXT] = "text", [YAML_LIST] = "list", [YAML_MAP] = "mapping",
    };
    return name[kind];
}
