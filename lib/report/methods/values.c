#include "report/methods/values.h"

#include "base/num.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define INFINITE "\xe2\x88\x9e"

struct shown value_number(double value)
{
    struct shown s = {""};
    char text[NUM_TEXT];
    num_format(value, text);
    size_t n = strlen(text);
    if (isinf(value))
        snprintf(s.text, sizeof s.text, "%s" INFINITE, value < 0 ? "-" : "");
    else
        snprintf(s.text, sizeof s.text, "%.*s",
                 (int)(n > 2 && strcmp(text + n - 2, ".0") == 0 ? n - 2 : n), text);
    return s;
}

static void list_text(const struct real_list *list, struct str *out)
{
    str_add_char(out, '[');
    for (int i = 0; i < list->n; i++)
        str_addf(out, "%s%s", i ? ", " : "", value_number(list->item[i]).text);
    str_add_char(out, ']');
}

static void choice_text(const struct key *k, int choice, struct str *out)
{
    int i = choice - k->null_is_none;
    str_add(out, i < 0 ? "none" : k->choices[i]);
}

void value_text(const struct key *k, const void *place, struct str *out)
{
    const char *at = (const char *)place + k->offset;
    if (k->has != NO_FLAG && !*(const bool *)((const char *)place + k->has)) {
        str_add(out, "none");
        return;
    }
    switch (k->type) {
    case KEY_INT:
        str_addf(out, "%lld", (long long)*(const int64_t *)at);
        break;
    case KEY_REAL:
        str_add(out, value_number(*(const double *)at).text);
        break;
    case KEY_BOOL:
        str_add(out, *(const bool *)at ? "true" : "false");
        break;
    case KEY_CHOICE:
        choice_text(k, *(const int *)at, out);
        break;
    case KEY_NAME:
        str_add(out, at);
        break;
    case KEY_INTS:
    case KEY_REALS:
        list_text((const struct real_list *)at, out);
        break;
    }
}

void value_sizes(const struct real_list *mm, bool is_short, struct str *out)
{
    bool equal = true;
    for (int i = 1; i < mm->n; i++)
        equal = equal && mm->item[i] == mm->item[0];
    for (int i = 0; i < (is_short && equal && mm->n ? 1 : mm->n); i++)
        str_addf(out, "%s%s", i ? (is_short ? "x" : " x ") : "", value_number(mm->item[i]).text);
}

void value_range(double lo, double hi, struct str *out)
{
    str_addf(out, "%c%s, %s%c", isinf(lo) ? '(' : '[', value_number(lo).text, value_number(hi).text,
             isinf(hi) ? ')' : ']');
}
