#include "engine/params/pytext.h"

#include "base/num.h"

#include <string.h>

void pytext_string(struct str *out, const char *text)
{
    char quote = strchr(text, '\'') && !strchr(text, '"') ? '"' : '\'';
    str_add_char(out, quote);
    for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
        if (*c == '\\' || *c == (unsigned char)quote)
            str_addf(out, "\\%c", *c);
        else if (*c == '\n' || *c == '\r' || *c == '\t')
            str_addf(out, "\\%c", *c == '\n' ? 'n' : *c == '\r' ? 'r' : 't');
        else if (*c < 0x20 || *c == 0x7f)
            str_addf(out, "\\x%02x", *c);
        else
            str_add_char(out, (char)*c);
    }
    str_add_char(out, quote);
}

static void children(struct str *out, const struct yaml_node *node)
{
    for (size_t i = 0; i < node->n; i++) {
        if (i)
            str_add(out, ", ");
        if (node->kind == YAML_MAP) {
            pytext_string(out, node->child[i]->key);
            str_add(out, ": ");
        }
        pytext_node(out, node->child[i]);
    }
}

void pytext_node(struct str *out, const struct yaml_node *value)
{
    char number[NUM_TEXT];
    switch (value->kind) {
    case YAML_NULL:
        str_add(out, "None");
        break;
    case YAML_BOOL:
        str_add(out, value->boolean ? "True" : "False");
        break;
    case YAML_INT:
        str_addf(out, "%lld", (long long)value->integer);
        break;
    case YAML_REAL:
        str_add(out, num_format(value->real, number));
        break;
    case YAML_TEXT:
        pytext_string(out, value->text);
        break;
    case YAML_LIST:
        str_add_char(out, '[');
        children(out, value);
        str_add_char(out, ']');
        break;
    case YAML_MAP:
        str_add_char(out, '{');
        children(out, value);
        str_add_char(out, '}');
        break;
    }
}
