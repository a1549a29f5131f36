#include "guard/witness.h"

#include "base/mem.h"
#include "base/sha1.h"
#include "io/atomic.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEX = 41, PIECE = 1 << 18, MOST_TICKET = 1 << 20 };

/* One line of a ticket, or one product as it is. */
struct look {
    bool is_there;
    long long size, modified_ns, changed_ns;
    char digest[HEX];
};

static long long ns(struct timespec t)
{
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* Size and times; the digest stays empty. */
static struct look look_at(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return (struct look){0};
    return (struct look){.is_there = true,
                         .size = S_ISREG(st.st_mode) ? st.st_size : -1,
                         .modified_ns = ns(st.st_mtim),
                         .changed_ns = ns(st.st_ctim)};
}

static bool digest_of(const char *path, char hex[HEX], struct err *e)
{
    struct sha1 digest;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return err_errno(e, "reading %s", path);
    char *piece = mem_must(malloc(PIECE));
    ssize_t n;
    sha1_init(&digest);
    while ((n = read(fd, piece, PIECE)) > 0 || (n < 0 && errno == EINTR))
        if (n > 0)
            sha1_add(&digest, piece, (size_t)n);
    bool ok = n == 0 || err_errno(e, "reading %s", path);
    free(piece);
    close(fd);
    sha1_hex(&digest, hex);
    return ok;
}

/* --- lines --- */

static void add_line(struct str *s, const struct look *l, const char *path)
{
    if (l->is_there)
        str_addf(s, "%lld %lld %lld %s %s\n", l->size, l->modified_ns, l->changed_ns, l->digest,
                 path);
    else
        str_addf(s, "none %s\n", path);
}

/* The line at *at, which moves behind it, with its newline replaced by a NUL; NULL: not a line of a
 * ticket. Returns the path. */
static char *parse_line(char **at, struct look *l)
{
    char *end = strchr(*at, '\n');
    *l = (struct look){0};
    if (!end)
        return NULL;
    *end = '\0';
    char *line = *at;
    *at = end + 1;
    if (str_starts_with(line, "none "))
        return line + strlen("none ");
    char *rest = line;
    long long *const number[] = {&l->size, &l->modified_ns, &l->changed_ns};
    for (int i = 0; i < 3; i++)
        *number[i] = strtoll(rest, &rest, 10);
    bool ok = *rest == ' ' && strspn(rest + 1, "0123456789abcdef") == HEX - 1 && rest[HEX] == ' ' &&
              rest[HEX + 1];
    if (!ok)
        return NULL;
    l->is_there = true;
    memcpy(l->digest, rest + 1, HEX - 1);
    return rest + HEX + 1;
}

/* --- the seal: the last line, a digest of the lines above it --- */

#define SEAL "sealed "
enum { SEAL_LINE = sizeof SEAL - 1 + HEX };

static void seal_of(const char *text, size_t n, char line[SEAL_LINE + 1])
{
    struct sha1 digest;
    memcpy(line, SEAL, sizeof SEAL - 1);
    sha1_init(&digest);
    sha1_add(&digest, text, n);
    sha1_hex(&digest, line + sizeof SEAL - 1);
    line[SEAL_LINE - 1] = '\n';
    line[SEAL_LINE] = '\0';
}

/* Takes the seal off the n bytes of a ticket; false: it is not theirs. */
static bool unseal(char *text, size_t n)
{
    char line[SEAL_LINE + 1];
    if (n < SEAL_LINE)
        return false;
    n -= SEAL_LINE;
    seal_of(text, n, line);
    bool ok = memcmp(text + n, line, SEAL_LINE) == 0;
    text[n] = '\0';
    return ok;
}

/* The lines of a whole ticket as text (free()) and its time; NULL: there is none, it cannot be
 * read, or it is not as it was written. */
static char *read_ticket(const char *path, struct timespec *modified)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    bool ok = fstat(fd, &st) == 0 && st.st_size < MOST_TICKET;
    char *text = ok ? mem_must(malloc((size_t)st.st_size + 1)) : NULL;
    ssize_t n = ok ? read(fd, text, (size_t)st.st_size) : -1;
    close(fd);
    if (n < 0 || !unseal(text, (size_t)n)) {
        free(text);
        return NULL;
    }
    *modified = st.st_mtim;
    return text;
}

/* --- writing --- */

/* With `modified`, that becomes the ticket's time, so that edges that depend on it do not run. */
static bool store(const char *ticket, const struct str *text, const struct timespec *modified,
                  struct err *e)
{
    struct out_file o;
    char seal[SEAL_LINE + 1];
    seal_of(str_text(text), text->len, seal);
    if (!out_open(&o, ticket, false, false, e))
        return false;
    o.unflushed = true;
    const struct timespec times[2] = {{.tv_nsec = UTIME_OMIT},
                                      modified ? *modified : (struct timespec){0}};
    if (fwrite(str_text(text), 1, text->len, o.file) != text->len || fputs(seal, o.file) == EOF ||
        fflush(o.file) != 0 || (modified && futimens(fileno(o.file), times) != 0)) {
        err_errno(e, "writing %s", ticket);
        out_abort(&o);
        return false;
    }
    return out_commit(&o, e);
}

/* Do both tickets speak of the same content under the same paths? Takes both apart. */
static bool same_content(char *a, char *b)
{
    struct look x, y;
    while (*a && *b) {
        const char *p = parse_line(&a, &x), *q = parse_line(&b, &y);
        if (!p || !q || strcmp(p, q) != 0 || x.is_there != y.is_there || x.size != y.size ||
            strcmp(x.digest, y.digest) != 0)
            return false;
    }
    return !*a && !*b;
}

bool witness_write(const char *ticket, const struct str_list *products, struct err *e)
{
    struct str text = {0};
    bool ok = products->n <= WITNESS_MOST ||
              err_set(e, ERR_FAILED, "%s: more products than a ticket is for", ticket);
    for (size_t i = 0; ok && i < products->n; i++) {
        struct look l = look_at(products->item[i]);
        ok = !l.is_there || digest_of(products->item[i], l.digest, e);
        add_line(&text, &l, products->item[i]);
    }
    struct timespec modified;
    char *before = ok ? read_ticket(ticket, &modified) : NULL;
    if (ok && !(before && strcmp(before, str_text(&text)) == 0)) {
        char *now = mem_strdup(str_text(&text)), *folder = path_dir(ticket);
        bool same = before && same_content(before, now);
        ok = make_folders(folder, e) && store(ticket, &text, same ? &modified : NULL, e);
        free(folder);
        free(now);
    }
    free(before);
    str_free(&text);
    return ok;
}

bool witness_write_one(const char *folder, const char *product, struct err *e)
{
    if (product[0] == '/') /* the file would be its own ticket */
        return err_set(e, ERR_USAGE, "%s: a product with a ticket has a relative path", product);
    char *ticket = path_join(folder, product);
    struct str_list one = {0};
    str_list_add(&one, product);
    bool ok = witness_write(ticket, &one, e);
    str_list_free(&one);
    free(ticket);
    return ok;
}

/* --- checking --- */

bool witness_expects(const char *folder, const char *product)
{
    struct timespec modified;
    struct look then = {0};
    char *ticket = path_join(folder, product), *text = read_ticket(ticket, &modified), *at = text;
    bool expected = text && parse_line(&at, &then) && then.is_there;
    free(text);
    free(ticket);
    return expected;
}

/* Is the product as the line `then` says? *now gets its times and digest. */
static bool holds(const char *path, const struct look *then, bool read_all, struct look *now)
{
    struct err unreadable = {0};
    *now = look_at(path);
    if (now->is_there != then->is_there || now->size != then->size)
        return false;
    bool same_times = now->modified_ns == then->modified_ns && now->changed_ns == then->changed_ns;
    memcpy(now->digest, then->digest, HEX);
    if (!now->is_there || (same_times && !read_all))
        return true;
    return digest_of(path, now->digest, &unreadable) && strcmp(now->digest, then->digest) == 0;
}

/* The lines of a ticket, compared: the first product that differs, or `ticket` when it is broken,
 * or NULL. *fresh gets the lines as they are to be when something was only touched. */
static const char *compare(const char *ticket, char *text, bool read_all, struct str *fresh)
{
    struct look now[WITNESS_MOST];
    const char *path[WITNESS_MOST];
    size_t n = 0;
    bool touched = false;
    for (char *at = text; *at; n++) {
        struct look then;
        if (n == WITNESS_MOST || !(path[n] = parse_line(&at, &then)))
            return ticket;
        if (!holds(path[n], &then, read_all, &now[n]))
            return path[n];
        touched = touched || now[n].modified_ns != then.modified_ns ||
                  now[n].changed_ns != then.changed_ns;
    }
    for (size_t i = 0; touched && i < n; i++)
        add_line(fresh, &now[i], path[i]);
    return n ? NULL : ticket;
}

enum witness_finding witness_check(const char *ticket, bool read_all, struct str *which)
{
    struct timespec modified;
    char *text = read_ticket(ticket, &modified);
    if (!text && access(ticket, F_OK) != 0)
        return WITNESS_ABSENT;
    struct str fresh = {0};
    struct err ignored = {0}; /* if writing fails, the product is only read again the next time */
    const char *differs = text ? compare(ticket, text, read_all, &fresh) : ticket;
    if (fresh.len)
        store(ticket, &fresh, &modified, &ignored);
    if (differs && which)
        str_add(which, differs);
    str_free(&fresh);
    free(text);
    return differs ? WITNESS_DAMAGED : WITNESS_HOLDS;
}
