/* The scan's cache. Its check sum would keep every mutation out, so the target computes it: an
 * input is what stands between the mark and the check sum. */
#include "fuzz.h"

#include "base/mem.h"
#include "base/sha1.h"
#include "base/str.h"
#include "course/cache.h"
#include "io/atomic.h"

#include <stdlib.h>
#include <string.h>

enum { DIGITS = 40 };

/* What a cache file begins with: all of an empty one but its check sum. */
static const char *mark(void)
{
    static char *text;
    struct file_list none = {0};
    size_t n;
    if (text)
        return text;
    const char *path = fuzz_named_file("cache", NULL, 0);
    struct err e = {0};
    if (!cache_save(path, "", &none, &e) || !(text = file_read(path, 4096, &n, &e)) || n < DIGITS)
        abort();
    text[n - DIGITS] = '\0';
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct str s = {0};
    struct sha1 digest;
    char digits[DIGITS + 1];
    size_t entries;
    str_add(&s, mark());
    str_add_n(&s, (const char *)data, n);
    sha1_init(&digest);
    sha1_add(&digest, s.text, s.len);
    sha1_hex(&digest, digits);
    str_add(&s, digits);
    struct file_list files = {0};
    struct course_file *f = file_list_add(&files, "f");
    f->size = f->mtime_ns = 1;
    if (cache_load(fuzz_file((const uint8_t *)s.text, s.len), "", &files, &entries) > entries)
        abort();
    file_list_free(&files);
    str_free(&s);
    return 0;
}
