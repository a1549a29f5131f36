/* Messages for people. */
#include "base/log.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

/* Tools that run side by side write to one terminal, so a line must be one write: a socket of
 * datagrams keeps writes apart. */
static void a_line_is_one_write(void **state)
{
    (void)state;
    int ends[2], before = dup(STDERR_FILENO);
    char got[256];
    assert_int_equal(socketpair(AF_UNIX, SOCK_DGRAM, 0, ends), 0);
    dup2(ends[0], STDERR_FILENO);
    log_set_tool("tool");
    log_warning("%s: a line\nand \x7f", "file");
    log_warning("the next");
    dup2(before, STDERR_FILENO);
    ssize_t n = recv(ends[1], got, sizeof got - 1, MSG_DONTWAIT);
    got[n > 0 ? n : 0] = '\0';
    assert_string_equal(got, "tool: warning: file: a line\\x0aand \\x7f\n");
    n = recv(ends[1], got, sizeof got - 1, MSG_DONTWAIT);
    got[n > 0 ? n : 0] = '\0';
    assert_string_equal(got, "tool: warning: the next\n");
    close(ends[0]);
    close(ends[1]);
    close(before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_line_is_one_write)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
