#include "names/mint.h"

#include "base/mem.h"
#include "base/sha1.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { PLAIN_LENGTH = 64, SLUG_LENGTH = 48, DIGEST_DIGITS = 8 };

static bool letter_or_digit(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool allowed(char c)
{
    return letter_or_digit(c) || c == '.' || c == '_' || c == '-';
}

bool mint_is_plain(const char *name)
{
    if (!letter_or_digit(name[0]))
        return false;
    size_t n = 0;
    while (name[n] && allowed(name[n]))
        n++;
    return name[n] == '\0' && n <= PLAIN_LENGTH;
}

static void slug(struct mint_name *name, bool with_discriminator, unsigned attempt)
{
    struct sha1 digest;
    char hex[41];
    sha1_init(&digest);
    sha1_add(&digest, name->original, strlen(name->original));
    if (with_discriminator && name->discriminator) {
        sha1_add(&digest, "", 1);
        sha1_add(&digest, name->discriminator, strlen(name->discriminator));
    }
    if (name->copy)
        sha1_add(&digest, &name->copy, sizeof name->copy);
    if (attempt)
        sha1_add(&digest, &attempt, sizeof attempt);
    sha1_hex(&digest, hex);
    size_t n = 0;
    for (const char *c = name->original; *c && n < SLUG_LENGTH; c++)
        if (n ? allowed(*c) : letter_or_digit(*c))
            name->minted[n++] = *c;
    if (!n)
        name->minted[n++] = 'x';
    snprintf(name->minted + n, MINT_SIZE - n, "-%.*s", DIGEST_DIGITS, hex);
}

static int by_name(const struct mint_name *x, const struct mint_name *y)
{
    int order = strcasecmp(x->original, y->original);
    if (!order)
        order = strcmp(x->original, y->original);
    if (!order)
        order = strcmp(x->discriminator ? x->discriminator : "",
                       y->discriminator ? y->discriminator : "");
    return order;
}

/* By name, ignoring case; equal ones keep their order. */
static int by_name_and_place(const void *a, const void *b)
{
    const struct mint_name *x = *(struct mint_name *const *)a, *y = *(struct mint_name *const *)b;
    int order = by_name(x, y);
    return order ? order : (x > y) - (x < y);
}

static int by_minted_ignoring_case(const void *a, const void *b)
{
    return strcasecmp((*(struct mint_name *const *)a)->minted,
                      (*(struct mint_name *const *)b)->minted);
}

/* A slug may meet a plain name that looks like one ("a-12345678"), or, at 32 bits, another slug. */
static void settle_collisions(struct mint_name **sorted, size_t n)
{
    for (unsigned attempt = 1; attempt < 100; attempt++) {
        bool clash = false;
        qsort(sorted, n, sizeof *sorted, by_minted_ignoring_case);
        for (size_t i = 0; i < n;) {
            size_t end = i + 1;
            while (end < n && strcasecmp(sorted[i]->minted, sorted[end]->minted) == 0)
                end++;
            if (end - i > 1) {
                clash = true;
                for (size_t j = i; j < end; j++)
                    slug(sorted[j], true, attempt);
            }
            i = end;
        }
        if (!clash)
            return;
    }
}

void mint_siblings(struct mint_name *name, size_t n)
{
    if (!n)
        return;
    struct mint_name **sorted = mem_must(malloc(n * sizeof *sorted));
    for (size_t i = 0; i < n; i++)
        sorted[i] = &name[i];
    qsort(sorted, n, sizeof *sorted, by_name_and_place);
    for (size_t i = 0; i < n; i++)
        sorted[i]->copy = i && by_name(sorted[i - 1], sorted[i]) == 0 ? sorted[i - 1]->copy + 1 : 0;
    for (size_t i = 0; i < n; i++) {
        const char *own = sorted[i]->original;
        const char *before = i ? sorted[i - 1]->original : "";
        const char *after = i + 1 < n ? sorted[i + 1]->original : "";
        bool clash =
            (i && strcasecmp(own, before) == 0) || (i + 1 < n && strcasecmp(own, after) == 0);
        bool twin = (i && strcmp(own, before) == 0) || (i + 1 < n && strcmp(own, after) == 0);
        if (!clash && mint_is_plain(own))
            strcpy(sorted[i]->minted, own);
        else
            slug(sorted[i], twin, 0);
    }
    settle_collisions(sorted, n);
    free(sorted);
}

void mint_course_id(const char *study_date, const char *modality, const char *series_uid,
                    char out[MINT_SIZE])
{
    struct sha1 digest;
    char hex[41];
    sha1_init(&digest);
    sha1_add(&digest, series_uid, strlen(series_uid));
    sha1_hex(&digest, hex);
    bool dated = strlen(study_date) >= 6 && strspn(study_date, "0123456789") >= 6;
    snprintf(out, MINT_SIZE, "%.4s-%.2s_%.2s_%.6s", dated ? study_date : "0000",
             dated ? study_date + 4 : "00", modality, hex);
}
