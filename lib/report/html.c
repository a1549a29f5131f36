#include "report/html.h"

static const char *reference(const char *text)
{
    switch (*text) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case '`':
        return "&#96;";
    default:
        return NULL;
    }
}

void html_escape(struct str *out, const char *text)
{
    template_escape(out, text, reference);
}

void html_fill(struct html *h, struct markup markup, const char *const *texts, size_t n)
{
    template_fill(&h->out, markup, reference, texts, n);
}
