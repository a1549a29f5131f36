/* Rows that were made with different parameters must not be mixed in one table. The
 * diagnostics_Configuration_* cells of a row say which parameters it was made with; they may differ
 * between modalities. */
#include "table/parts.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

struct of_modality {
    char *modality, *parameters;
    const struct table_source *source; /* the first that has them */
};

struct table_parameters {
    struct of_modality *item;
    size_t n;
};

/* The label of a region in its mask file is not a parameter: "'label': 3" is left out. */
static void add_cell(struct str *text, const char *cell)
{
    static const char label[] = "'label': ";
    const char *at = strstr(cell, label);
    if (at) {
        str_add_n(text, cell, (size_t)(at - cell));
        cell = at + strlen(label) + strcspn(at + strlen(label), ",}");
    }
    str_add(text, cell);
    str_add_char(text, '\n');
}

static struct of_modality *find(struct table_parameters *p, const char *modality)
{
    for (size_t i = 0; i < p->n; i++)
        if (strcmp(p->item[i].modality, modality) == 0)
            return &p->item[i];
    p->item = mem_grow(p->item, p->n + 1, sizeof *p->item);
    p->item[p->n] = (struct of_modality){.modality = mem_strdup(modality)};
    return &p->item[p->n++];
}

bool parameters_add(struct table_parameters **p, const struct table_source *s,
                    const struct str_list *cells, struct err *e)
{
    const struct table_header *h = s->header;
    struct str text = {0};
    for (size_t i = 0; i < h->configurations; i++)
        add_cell(&text, cells->item[h->configuration[i]]);
    if (!text.len || strspn(text.text, "\n") == text.len) {
        str_free(&text);
        return true; /* no configuration in the row (additionalInfo: false) */
    }
    if (!*p)
        *p = mem_must(calloc(1, sizeof **p));
    struct of_modality *m = find(*p, h->modality >= 0 ? cells->item[h->modality] : "");
    if (!m->parameters) {
        m->source = s;
        m->parameters = str_take(&text);
    }
    bool same = !text.len || strcmp(m->parameters, text.text) == 0;
    str_free(&text);
    return same || err_set(e, ERR_REFUSED,
                           "%s and %s were made with different parameters (--allow parameters "
                           "takes them all the same)",
                           m->source->path, s->path);
}

void parameters_free(struct table_parameters *p)
{
    for (size_t i = 0; p && i < p->n; i++) {
        free(p->item[i].modality);
        free(p->item[i].parameters);
    }
    if (p)
        free(p->item);
    free(p);
}
