/* Memory of control groups, by files that a test lays out. */
#include "guard/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char folder[] = "/tmp/radmill-memory-XXXXXX";

/* `mkdir -p` of its folder, and the text. */
static void lay(const char *path, const char *text)
{
    char command[512];
    snprintf(command, sizeof command, "mkdir -p \"$(dirname '%s%s')\" && printf '%s' > '%s%s'",
             folder, path, text, folder, path);
    assert_int_equal(system(command), 0);
}

static int begin(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/radmill-memory-XXXXXX");
    assert_non_null(mkdtemp(folder));
    lay("/proc/meminfo", "MemTotal: 99 kB\\nMemAvailable: 8388608 kB\\n");
    memory_look_below(folder);
    return 0;
}

static int end(void **state)
{
    (void)state;
    char command[64];
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    memory_look_below("");
    return system(command);
}

static void without_groups(void **state)
{
    (void)state;
    assert_float_equal(memory_available_mb(), 8192, 1e-9);
}

/* A container of 2048 MiB that has read 1900 MiB of DICOM files and holds 100 MiB of its own. */
static void cache_of_v2_is_free(void **state)
{
    (void)state;
    lay("/proc/self/cgroup", "0::/pod/job\\n");
    lay("/sys/fs/cgroup/pod/job/memory.max", "max\\n");
    lay("/sys/fs/cgroup/pod/memory.max", "2147483648\\n");
    lay("/sys/fs/cgroup/pod/memory.current", "2097152000\\n");
    lay("/sys/fs/cgroup/pod/memory.stat",
        "anon 104857600\\nfile 1992294400\\nactive_file 943718400\\ninactive_file 1048576000\\n");
    assert_float_equal(memory_available_mb(), 2048 - 100, 1e-9);
}

static void cache_of_v1_is_free(void **state)
{
    (void)state;
    lay("/proc/self/cgroup", "5:cpu,cpuacct:/\\n3:memory:/job\\n");
    lay("/sys/fs/cgroup/memory/job/memory.limit_in_bytes", "1073741824\\n");
    lay("/sys/fs/cgroup/memory/job/memory.usage_in_bytes", "1073741824\\n");
    lay("/sys/fs/cgroup/memory/job/memory.stat",
        "inactive_file 7\\nactive_file 7\\ntotal_inactive_file 209715200\\ntotal_active_file "
        "419430400\\n");
    assert_float_equal(memory_available_mb(), 600, 1e-9);
}

static void a_full_group_has_a_floor(void **state)
{
    (void)state;
    lay("/proc/self/cgroup", "0::/job\\n");
    lay("/sys/fs/cgroup/job/memory.max", "1073741824\\n");
    lay("/sys/fs/cgroup/job/memory.current", "1073741824\\n");
    assert_float_equal(memory_available_mb(), 256, 1e-9);
    lay("/sys/fs/cgroup/job/memory.max", "104857600\\n");
    assert_float_equal(memory_available_mb(), 100, 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(without_groups, begin, end),
        cmocka_unit_test_setup_teardown(cache_of_v2_is_free, begin, end),
        cmocka_unit_test_setup_teardown(cache_of_v1_is_free, begin, end),
        cmocka_unit_test_setup_teardown(a_full_group_has_a_floor, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
