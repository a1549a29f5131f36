#include "names/pseudonym.h"

#include "base/hmac.h"
#include "base/str.h"
#include "io/atomic.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool pseudonym_key_read(const char *path, struct pseudonym_key *key, struct err *e)
{
    *key = (struct pseudonym_key){0};
    key->bytes = file_read(path, PSEUDONYM_KEY_MOST, &key->n, e);
    if (!key->bytes)
        return err_wrap(e, "key of the pseudonyms");
    if (key->n >= PSEUDONYM_KEY_LEAST)
        return true;
    pseudonym_key_free(key);
    return err_set(e, ERR_REFUSED,
                   "key of the pseudonyms: %s: fewer than %d bytes (head -c 32 /dev/urandom > FILE "
                   "makes one)",
                   path, PSEUDONYM_KEY_LEAST);
}

void pseudonym_key_free(struct pseudonym_key *key)
{
    free(key->bytes);
    *key = (struct pseudonym_key){0};
}

/* `before` separates the digests of paths, keys and identifiers: identifiers hold no line ends. */
static void keyed(const struct pseudonym_key *key, const char *prefix, const char *before,
                  const char *text, char out[PSEUDONYM_SIZE])
{
    char hex[41];
    struct str message = {0};
    str_addf(&message, "%s%s", before, text);
    hmac_sha1_hex(key->bytes, key->n, str_text(&message), message.len, hex);
    snprintf(out, PSEUDONYM_SIZE, "%s%.16s", prefix, hex);
    str_free(&message);
}

void pseudonym_of_patient(const struct pseudonym_key *key, const char *id, char out[PSEUDONYM_SIZE])
{
    keyed(key, "P", "", id, out);
}

void pseudonym_of_path(const struct pseudonym_key *key, const char *path, char out[PSEUDONYM_SIZE])
{
    keyed(key, "file-", "\n", path, out);
}

void pseudonym_of_patterns(const struct pseudonym_key *key, const char *patterns,
                           char out[PSEUDONYM_SIZE])
{
    keyed(key, "keyed:", "\n\n\n\n", patterns, out);
}

/* A number of n hexadecimal digits in decimal ones: repeatedly the rest by ten, from the back. */
static void decimal(const char *hex, size_t n, char *out)
{
    unsigned char digit[64];
    char reversed[PSEUDONYM_SIZE];
    size_t digits = 0;
    for (size_t i = 0; i < n; i++)
        digit[i] = (unsigned char)(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
    for (bool more = true; more;) {
        unsigned rest = 0;
        more = false;
        for (size_t i = 0; i < n; i++) {
            unsigned value = 16 * rest + digit[i];
            digit[i] = (unsigned char)(value / 10);
            rest = value % 10;
            more = more || digit[i];
        }
        reversed[digits++] = (char)('0' + rest);
    }
    for (size_t i = 0; i < digits; i++)
        out[i] = reversed[digits - 1 - i];
    out[digits] = '\0';
}

void pseudonym_of_uid(const struct pseudonym_key *key, const char *uid, char out[PSEUDONYM_SIZE])
{
    enum { HEX_DIGITS = 32 };
    char hex[41];
    struct str message = {0};
    str_addf(&message, "\n\n\n%s", uid);
    hmac_sha1_hex(key->bytes, key->n, message.text, message.len, hex);
    strcpy(out, "2.25.");
    decimal(hex, HEX_DIGITS, out + strlen(out));
    str_free(&message);
}

void pseudonym_key_mark(const struct pseudonym_key *key, char out[PSEUDONYM_SIZE])
{
    if (key->n)
        keyed(key, "key-", "\n\n", "", out);
    else
        snprintf(out, PSEUDONYM_SIZE, "none");
}
