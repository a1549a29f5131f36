/* Outputs: replaced as a whole, except what is no file, which stays what it is. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "folder.h"
#include "io/atomic.h"

static bool is_pipe(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISFIFO(st.st_mode);
}

static void a_file_is_replaced_and_an_equal_one_left(void **state)
{
    (void)state;
    struct err e = {0};
    struct stat first, second, third;
    char *path = mem_strdup(in_folder("file"));
    assert_true(out_write(path, "one", 3, true, &e));
    assert_int_equal(stat(path, &first), 0);
    assert_true(out_write(path, "one", 3, true, &e));
    assert_int_equal(stat(path, &second), 0);
    assert_true(first.st_ino == second.st_ino);
    assert_true(out_write(path, "two", 3, true, &e));
    assert_int_equal(stat(path, &third), 0);
    assert_true(first.st_ino != third.st_ino);
    free(path);
}

/* As for root it would be with /dev/null. */
static void a_pipe_stays_a_pipe(void **state)
{
    (void)state;
    struct err e = {0};
    struct out_file o;
    char read_back[8] = "";
    char *path = mem_strdup(in_folder("pipe"));
    assert_int_equal(mkfifo(path, 0600), 0);
    int fd = open(path, O_RDONLY | O_NONBLOCK);
    assert_true(fd >= 0);
    for (int keep_equal = 0; keep_equal < 2; keep_equal++) {
        assert_true(out_write(path, "text", 4, keep_equal, &e));
        assert_true(is_pipe(path));
        assert_int_equal(read(fd, read_back, sizeof read_back), 4);
        assert_memory_equal(read_back, "text", 4);
    }
    assert_true(out_open(&o, path, false, true, &e));
    out_abort(&o);
    assert_true(is_pipe(path));
    close(fd);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_replaced_and_an_equal_one_left),
        cmocka_unit_test(a_pipe_stays_a_pipe),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
