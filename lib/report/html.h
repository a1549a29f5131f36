/* HTML whose escaping cannot be forgotten: a template is a string literal of ours, and everything
 * that is put into it is text, which is escaped. Names from DICOM, files and tables are hostile;
 * none of them can become markup, because no function takes one as markup.
 *
 *     html_put(&page, "<li><a href=\"./{}\">{}</a></li>\n", path, name);
 *
 * Rules for templates: attributes stand in double quotes; a link to a variable place begins with
 * "./", "../" or "#", so that no value can be a scheme; nothing is put into script or style. */
#ifndef RADMILL_REPORT_HTML_H
#define RADMILL_REPORT_HTML_H

#include "report/template.h"

struct html {
    struct str out;
};

/* The template with each {} filled by the next of n texts; one text for each is a must. */
void html_fill(struct html *h, struct markup markup, const char *const *texts, size_t n);

#define html_put(h, template, ...) html_fill(h, MARKUP(template), TEMPLATE_TEXTS(__VA_ARGS__))

/* Appends text with <, >, &, quotes and backquotes as character references. What does not show is
 * spelled out ("[U+202E]"): control characters, marks that turn the direction of writing, what is
 * invisible; bytes that are no UTF-8 become U+FFFD. For attributes and elements alike. */
void html_escape(struct str *out, const char *text);

#endif
