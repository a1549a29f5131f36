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

#include "base/str.h"

struct html {
    struct str out;
};

/* Markup: made of literals only (the macro does not compile with anything else). */
struct markup {
    const char *raw;
};
#define MARKUP(literal) ((struct markup){"" literal ""})

/* The template with each {} filled by the next of n texts; one text for each is a must. */
void html_fill(struct html *h, struct markup markup, const char *const *texts, size_t n);

#define html_put(h, template, ...)                                                                 \
    html_fill(h, MARKUP(template), (const char *const[]){"", ##__VA_ARGS__} + 1,                   \
              sizeof((const char *const[]){"", ##__VA_ARGS__}) / sizeof(const char *) - 1)

/* Appends text with <, >, &, quotes and backquotes as character references. What does not show is
 * spelled out ("[U+202E]"): control characters, marks that turn the direction of writing, what is
 * invisible; bytes that are no UTF-8 become U+FFFD. For attributes and elements alike. */
void html_escape(struct str *out, const char *text);

/* A number as text, for html_put: lives as long as the call that it stands in. */
struct shown {
    char text[48];
};
struct shown shown_int(long long n);
struct shown shown_real(double value, int digits); /* significant ones; "" for what is no number */

#endif
