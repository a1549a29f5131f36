/* Pseudonyms: what stands for a patient's identifier, and for paths that may spell it, where
 * results are given away. They follow from a key that the user keeps: the same key and identifier
 * give the same pseudonym in every run and cohort, and nobody without the key can test a guess.
 *
 *     patient  "P" and the first 16 digits of HMAC-SHA-1(key, identifier)
 *     file     "file-" and the first 16 digits of HMAC-SHA-1(key, "\n" path)
 *     UID      "2.25." and the first 128 bits of HMAC-SHA-1(key, "\n\n\n" UID) as a decimal number
 */
#ifndef RADMILL_NAMES_PSEUDONYM_H
#define RADMILL_NAMES_PSEUDONYM_H

#include "base/err.h"

#include <stddef.h>

enum { PSEUDONYM_SIZE = 48, PSEUDONYM_KEY_LEAST = 16, PSEUDONYM_KEY_MOST = 4096 };

struct pseudonym_key { /* zeroed: none */
    char *bytes;
    size_t n;
};

/* The bytes of a file as they are. ERR_REFUSED: it cannot be read, or is shorter or longer than a
 * key may be. Release with pseudonym_key_free. */
bool pseudonym_key_read(const char *path, struct pseudonym_key *key, struct err *e);
void pseudonym_key_free(struct pseudonym_key *key);

void pseudonym_of_patient(const struct pseudonym_key *key, const char *id,
                          char out[PSEUDONYM_SIZE]);
void pseudonym_of_uid(const struct pseudonym_key *key, const char *uid, char out[PSEUDONYM_SIZE]);
void pseudonym_of_path(const struct pseudonym_key *key, const char *path, char out[PSEUDONYM_SIZE]);

/* What is stored in place of patterns on identifiers: "keyed:" and 16 digits. */
void pseudonym_of_patterns(const struct pseudonym_key *key, const char *patterns,
                           char out[PSEUDONYM_SIZE]);

/* Identifies a key without revealing it; "none" without a key. */
void pseudonym_key_mark(const struct pseudonym_key *key, char out[PSEUDONYM_SIZE]);

#endif
