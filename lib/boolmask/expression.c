#include "boolmask/expression.h"

#include "base/num.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

struct parser {
    const char *text, *at;
    int depth, operators; /* margins count as operators: each makes the tree one deeper */
    struct err *e;
};

static bool fail_at(struct parser *p, const char *at, const char *why)
{
    return err_set(p->e, ERR_USAGE, "expression \"%.200s\", character %td: %s", p->text,
                   at - p->text + 1, why);
}

static void skip_space(struct parser *p)
{
    while (*p->at == ' ' || *p->at == '\t' || *p->at == '\n' || *p->at == '\r')
        p->at++;
}

static bool take(struct parser *p, char c)
{
    skip_space(p);
    if (*p->at != c)
        return false;
    p->at++;
    return true;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.';
}

/* --- margins --- */

/* A number without sign; false, and nothing is consumed, when there is none. */
static bool take_number(struct parser *p, double *value)
{
    char text[NUM_TEXT];
    skip_space(p);
    size_t n = strspn(p->at, "0123456789.");
    if (n == 0 || n >= sizeof text || (n == 1 && *p->at == '.'))
        return false;
    memcpy(text, p->at, n);
    text[n] = '\0';
    if (!num_parse_double(text, value))
        return false;
    p->at += n;
    return true;
}

static bool take_mm(struct parser *p)
{
    skip_space(p);
    if (p->at[0] != 'm' || p->at[1] != 'm' || is_word(p->at[2]))
        return false;
    p->at += 2;
    return true;
}

static int side_of(const char *word, size_t n)
{
    static const char *const shorts[MARGIN_SIDES] = {"ant", "post", "left", "right", "sup", "inf"};
    for (int s = 0; s < MARGIN_SIDES; s++) {
        if (strlen(shorts[s]) == n && memcmp(word, shorts[s], n) == 0)
            return s;
        if (strlen(margin_side_names[s]) == n && memcmp(word, margin_side_names[s], n) == 0)
            return s;
    }
    return -1;
}

static bool parse_side(struct parser *p, double sign, struct margin *m, unsigned *seen)
{
    skip_space(p);
    const char *word = p->at;
    while (is_word(*p->at))
        p->at++;
    int side = side_of(word, (size_t)(p->at - word));
    if (side < 0)
        return fail_at(p, word, "expected a side: ant, post, left, right, sup or inf");
    if (*seen & 1u << side)
        return fail_at(p, word, "this side has a margin already");
    *seen |= 1u << side;
    if (!take(p, ':'))
        return fail_at(p, p->at, "expected ':'");
    double value;
    if (!take_number(p, &value))
        return fail_at(p, p->at, "expected a number without sign");
    m->mm[side] = sign * value;
    return true;
}

static bool parse_sides(struct parser *p, double sign, struct margin *m)
{
    unsigned seen = 0;
    do {
        if (!parse_side(p, sign, m, &seen))
            return false;
    } while (take(p, ','));
    if (!take(p, '}'))
        return fail_at(p, p->at, "expected ',' or '}'");
    return take_mm(p) || fail_at(p, p->at, "expected mm");
}

/* A margin after an operand. *found is false, and nothing is consumed, when something else follows.
 */
static bool parse_margin(struct parser *p, struct margin *m, bool *found)
{
    skip_space(p);
    const char *start = p->at;
    *found = false;
    *m = (struct margin){0};
    if (*start != '+' && *start != '-')
        return true;
    double sign = *start == '+' ? 1 : -1, value;
    p->at++;
    if (take(p, '{')) {
        *found = true;
        return parse_sides(p, sign, m);
    }
    if (take_number(p, &value)) {
        if (!take_mm(p))
            return fail_at(p, p->at,
                           "a number is a margin and needs mm; a name that begins with a "
                           "digit needs double quotes");
        for (int s = 0; s < MARGIN_SIDES; s++)
            m->mm[s] = sign * value;
        *found = true;
        return true;
    }
    if (*start == '+')
        return fail_at(p, p->at, "expected a margin such as 5mm (structures are joined by '|')");
    p->at = start;
    return true;
}

/* --- operands --- */

static struct node *parse_any(struct parser *p);

static struct node *parse_quoted(struct parser *p)
{
    const char *start = p->at++;
    struct str name = {0};
    for (; *p->at && *p->at != '"'; p->at++) {
        if (*p->at == '\\' && (p->at[1] == '"' || p->at[1] == '\\'))
            p->at++;
        str_add_char(&name, *p->at);
    }
    struct node *n = NULL;
    if (*p->at != '"')
        fail_at(p, start, "this double quote is not closed");
    else if (name.len == 0)
        fail_at(p, start, "an empty name");
    else
        n = node_name(str_text(&name));
    p->at += n != NULL;
    str_free(&name);
    return n;
}

static struct node *parse_bare(struct parser *p)
{
    const char *start = p->at;
    while (is_word(*p->at) || (*p->at == '/' && p->at > start && is_word(p->at[1])))
        p->at++;
    struct str name = {0};
    str_add_n(&name, start, (size_t)(p->at - start));
    struct node *n = node_name(str_text(&name));
    str_free(&name);
    return n;
}

static struct node *parse_primary(struct parser *p)
{
    skip_space(p);
    const char *start = p->at;
    if (take(p, '(')) {
        struct node *n = parse_any(p);
        if (n && !take(p, ')')) {
            fail_at(p, p->at, "expected ')'");
            node_free(n);
            n = NULL;
        }
        return n;
    }
    if (*start == '"')
        return parse_quoted(p);
    if (is_word(*start) && !is_digit(*start))
        return parse_bare(p);
    fail_at(p, start,
            *start == '\0'     ? "expected a structure, found the end"
            : is_digit(*start) ? "a name that begins with a digit needs double quotes"
                               : "expected a structure; names with other characters than letters, "
                                 "digits, '_' and '.' need double quotes");
    return NULL;
}

static struct node *parse_operand(struct parser *p)
{
    struct node *n = parse_primary(p);
    for (int chained = 0; n; chained++) {
        struct margin m;
        bool found;
        bool ok = parse_margin(p, &m, &found);
        if (ok && !found)
            return n;
        if (ok && (chained == EXPRESSION_MAX_DEPTH || ++p->operators > EXPRESSION_MAX_OPERATORS))
            ok = fail_at(p, p->at, "too many margins");
        if (!ok) {
            node_free(n);
            return NULL;
        }
        n = node_margin(n, &m);
    }
    return n;
}

/* --- operations: one level of precedence per row, the tightest last --- */

static const struct level {
    struct operator_sign {
        char sign;
        enum region_op op;
    } operators[2];
    int n;
} levels[] = {
    {{{'|', REGION_UNION}}, 1},
    {{{'-', REGION_SUBTRACT}, {'^', REGION_XOR}}, 2},
    {{{'&', REGION_INTERSECTION}}, 1},
};
enum { LEVELS = 3 };

static bool take_operator(struct parser *p, const struct level *l, enum region_op *op)
{
    for (int i = 0; i < l->n; i++)
        if (take(p, l->operators[i].sign)) {
            *op = l->operators[i].op;
            return true;
        }
    return false;
}

/* Operators of one level go from left to right; a - b - c becomes one node. */
static struct node *parse_level(struct parser *p, int level)
{
    if (level == LEVELS)
        return parse_operand(p);
    struct node *left = parse_level(p, level + 1);
    enum region_op op;
    while (left && take_operator(p, &levels[level], &op)) {
        struct node *right = parse_level(p, level + 1);
        if (!right || ++p->operators > EXPRESSION_MAX_OPERATORS) {
            if (right)
                fail_at(p, p->at, "too many operators");
            node_free(right);
            node_free(left);
            return NULL;
        }
        if (left->kind != NODE_OPERATION || left->op != op) {
            struct node *joined = node_operation(op);
            node_add(joined, left);
            left = joined;
        }
        node_add(left, right);
    }
    return left;
}

static struct node *parse_any(struct parser *p)
{
    if (++p->depth > EXPRESSION_MAX_DEPTH) {
        fail_at(p, p->at, "too many nested parentheses");
        return NULL;
    }
    struct node *n = parse_level(p, 0);
    p->depth--;
    return n;
}

struct node *expression_parse(const char *text, struct err *e)
{
    struct parser p = {.text = text, .at = text, .e = e};
    struct node *n = parse_any(&p);
    if (!n)
        return NULL;
    skip_space(&p);
    if (*p.at == '\0')
        return n;
    fail_at(&p, p.at,
            *p.at == ')' ? "this ')' closes nothing" : "expected an operator: | & - ^ or a margin");
    node_free(n);
    return NULL;
}
