/* Markdown whose escaping cannot be forgotten, as report/html.h does it for HTML: CommonMark with
 * the tables of GitHub, which pandoc and Python's markdown read alike.
 *
 *     md_put(&page, "| {} | {} |\n", name, value);
 *
 * Texts never stand at the beginning of a line, so that what counts only there (#, -, 1.) needs no
 * escape. Cells of tables hold no line end: those of texts are spelled out. */
#ifndef RADMILL_REPORT_METHODS_MD_H
#define RADMILL_REPORT_METHODS_MD_H

#include "report/template.h"

struct md {
    struct str out;
};

void md_fill(struct md *m, struct markup markup, const char *const *texts, size_t n);

#define md_put(m, template, ...) md_fill(m, MARKUP(template), TEMPLATE_TEXTS(__VA_ARGS__))

/* Appends what another one holds. */
void md_add(struct md *m, const struct md *more);

/* Appends text; what Markdown, HTML in it, or the usual extensions would read as markup becomes a
 * character reference, or stands behind a backslash where every reader knows that. */
void md_escape(struct str *out, const char *text);

#endif
