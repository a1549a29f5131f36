/* Text that is put into markup: a template is a string literal of ours, and everything that fills
 * its holes ("{}") is text, which is escaped. No function takes a text as markup, so that no name
 * from DICOM, files and tables can become any. HTML (report/html.h) and Markdown
 * (report/methods/md.h) differ in what they escape. */
#ifndef RADMILL_REPORT_TEMPLATE_H
#define RADMILL_REPORT_TEMPLATE_H

#include "base/str.h"

/* Markup: made of literals only (the macro does not compile with anything else). */
struct markup {
    const char *raw;
};
#define MARKUP(literal) ((struct markup){"" literal ""})

/* What stands for the first character of text, which is ASCII; NULL: the character itself. */
typedef const char *template_reference(const char *text);

/* Appends a text with its references. What does not show is spelled out ("[U+202E]"): see
 * utf8_is_unseen; bytes that are no UTF-8 become U+FFFD. */
void template_escape(struct str *out, const char *text, template_reference *reference);

/* Appends the template with each {} filled by the next of n texts; one text for each is a must. */
void template_fill(struct str *out, struct markup markup, template_reference *reference,
                   const char *const *texts, size_t n);

/* The texts of a call as two arguments: an array, and how many. */
#define TEMPLATE_TEXTS(...)                                                                        \
    (const char *const[]){"", ##__VA_ARGS__} + 1,                                                  \
        sizeof((const char *const[]){"", ##__VA_ARGS__}) / sizeof(const char *) - 1

/* A number as text, for a hole: lives as long as the call that it stands in. */
struct shown {
    char text[48];
};
struct shown shown_int(long long n);
struct shown shown_real(double value, int digits); /* significant ones; "" for what is no number */

#endif
