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

/* `before` keeps what is said of paths and keys apart from identifiers, which hold no line ends. */
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

void pseudonym_key_mark(const struct pseudonym_key *key, char out[PSEUDONYM_SIZE])
{
    if (key->n)
        keyed(key, "key-", "\n\n", "", out);
    else
        snprintf(out, PSEUDONYM_SIZE, "none");
}
