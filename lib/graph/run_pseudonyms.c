/* Pseudonyms of an OUTDIR: the same key in all runs, or none. */
#include "graph/run.h"

#include "base/mem.h"
#include "course/choose.h"
#include "io/atomic.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MARK_FILE STATE_DIR "/pseudonyms"
enum { MARK_MOST = 256 };

/* The key that the folder was begun with; an old folder without this file has no pseudonyms. NULL:
 * the folder is new. */
static char *begun_with(struct err *e)
{
    if (access(MARK_FILE, F_OK) == 0)
        return file_read(MARK_FILE, MARK_MOST, NULL, e);
    return access(MANIFEST_FILE, F_OK) == 0 ? strdup("none") : NULL;
}

/* PATIENTS contains identifiers, so only a digest of it is stored. */
static void keep_digests(const struct pseudonym_key *key, struct run_settings *s)
{
    char digest[PSEUDONYM_SIZE];
    if (!key->n || !s->value[SET_PATIENTS])
        return;
    choose_digest(key, s->value[SET_PATIENTS], digest);
    free(s->kept[SET_PATIENTS]);
    s->kept[SET_PATIENTS] = mem_strdup(digest);
}

bool run_pseudonyms(struct run_settings *s, struct pseudonym_key *key, struct err *e)
{
    const char *file = settings_get(s, SET_PSEUDONYMIZE);
    char now[PSEUDONYM_SIZE];
    *key = (struct pseudonym_key){0};
    if (file && !pseudonym_key_read(file, key, e))
        return false;
    pseudonym_key_mark(key, now);
    struct err why = {0};
    char *then = begun_with(&why);
    bool ok = !why.code || err_set(e, why.code, "%s", why.text);
    if (ok && !then)
        ok = out_write(MARK_FILE, now, strlen(now), true, e);
    /* folders named after patients would remain beside the new ones */
    else if (ok && strcmp(then, now) != 0)
        ok = err_set(e, ERR_USAGE, "PSEUDONYMIZE: this OUTDIR was begun %s: take a new one",
                     strcmp(then, "none") == 0 ? "without pseudonyms"
                     : file                    ? "with another key"
                                               : "with a key, which must be given");
    free(then);
    if (ok)
        keep_digests(key, s);
    else
        pseudonym_key_free(key);
    return ok;
}
