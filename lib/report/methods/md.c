#include "report/methods/md.h"

#include <string.h>

/* A bare address becomes a link in GitHub's Markdown. */
static bool begins_address(const char *text)
{
    return strncmp(text, "://", 3) == 0 || strncmp(text, "www.", 4) == 0;
}

static const char *reference(const char *text)
{
    switch (*text) {
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '&':
        return "&amp;";
    case '|':
        return "&#124;";
    case '~':
        return "&#126;";
    case '^':
        return "&#94;";
    case '$':
        return "&#36;";
    case '@':
        return "&#64;";
    case ':':
        return begins_address(text) ? "&#58;" : NULL;
    case 'w':
        return begins_address(text) ? "&#119;" : NULL;
    case '\\':
        return "\\\\";
    case '`':
        return "\\`";
    case '*':
        return "\\*";
    case '_':
        return "\\_";
    case '[':
        return "\\[";
    case ']':
        return "\\]";
    case '{':
        return "\\{";
    case '}':
        return "\\}";
    default:
        return NULL;
    }
}

void md_escape(struct str *out, const char *text)
{
    template_escape(out, text, reference);
}

void md_fill(struct md *m, struct markup markup, const char *const *texts, size_t n)
{
    template_fill(&m->out, markup, reference, texts, n);
}

void md_add(struct md *m, const struct md *more)
{
    str_add_n(&m->out, str_text(&more->out), more->out.len);
}
