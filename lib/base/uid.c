#include "base/uid.h"

#include "base/sha1.h"

#include <ctype.h>
#include <string.h>

enum { SHORTEST_UID = 10 };

/* Length of the UID at the beginning of a text: 0, 1 or 2, and two or more numbers behind points.
 * 0: there is none. */
static size_t uid_length(const char *text)
{
    size_t points = 0, n = 1;
    if (text[0] < '0' || text[0] > '2' || text[1] != '.')
        return 0;
    while (text[n] == '.' && isdigit((unsigned char)text[n + 1])) {
        points++;
        n += 1 + strspn(text + n + 1, "0123456789");
    }
    bool of_dicom = strncmp(text, "1.2.840.10008.", 14) == 0;
    return points >= 2 && n >= SHORTEST_UID && !of_dicom ? n : 0;
}

/* Characters that may stand next to a UID; others belong to the name of a file. */
static bool is_around(char c)
{
    return c == '\0' || strchr(" '\"(),;:\n", c) != NULL;
}

static bool ends_word(const char *at)
{
    return is_around(at[0]) || (at[0] == '.' && is_around(at[1]));
}

void uid_hide(const char *text, struct str *out)
{
    for (const char *at = text; *at;) {
        size_t n = at == text || is_around(at[-1]) ? uid_length(at) : 0;
        if (!n || !ends_word(at + n)) {
            str_add_char(out, *at++);
            continue;
        }
        struct sha1 digest;
        char hex[41];
        sha1_init(&digest);
        sha1_add(&digest, at, n);
        sha1_hex(&digest, hex);
        str_addf(out, "UID-%.6s", hex);
        at += n;
    }
}
