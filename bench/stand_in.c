/* In the place of a tool (BINDIR), for make bench-cohort: copies what that tool once made to where
 * its last -o says. Called by the tool's name, beside this executable:
 *
 *     <tool>.made/    the products         <tool>.real    a link to the tool itself, for --scan */
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void copy(const char *from, const char *to)
{
    static char bytes[1 << 20]; /* products are small */
    int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    ssize_t n = in < 0 || out < 0 ? -1 : read(in, bytes, sizeof bytes);
    if (n < 0 || n == (ssize_t)sizeof bytes || write(out, bytes, (size_t)n) != n ||
        close(out) != 0) {
        fprintf(stderr, "stand_in: cannot copy %s\n", from);
        exit(1);
    }
    close(in);
}

int main(int argc, char **argv)
{
    char self[PATH_MAX], made[2 * PATH_MAX], from[3 * PATH_MAX], to[3 * PATH_MAX];
    const char *tool = strrchr(argv[0], '/') ? strrchr(argv[0], '/') + 1 : argv[0], *out = NULL;
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    self[n < 0 ? 0 : n] = '\0';
    if (strrchr(self, '/'))
        *strrchr(self, '/') = '\0';
    snprintf(made, sizeof made, "%s/%s.real", self, tool);
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--scan") == 0)
            execv(made, argv);
        if (strcmp(argv[i], "-o") == 0 && i + 1 < argc)
            out = argv[i + 1];
    }
    snprintf(made, sizeof made, "%s/%s.made", self, tool);
    DIR *products = out ? opendir(made) : NULL;
    if (!products)
        return 1;
    struct stat st;
    if (strcmp(tool, "radfeat") != 0) /* a row is a file of that name, all else a folder of files */
        mkdir(out, 0777);
    int folder = stat(out, &st) == 0 && S_ISDIR(st.st_mode);
    for (struct dirent *entry; (entry = readdir(products));) {
        if (entry->d_name[0] == '.')
            continue;
        snprintf(from, sizeof from, "%s/%s", made, entry->d_name);
        snprintf(to, sizeof to, "%s%s%s", out, folder ? "/" : "", folder ? entry->d_name : "");
        copy(from, to);
    }
    return 0;
}
