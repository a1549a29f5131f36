/* header_ways PATH...: reads the header of every file at or below PATH in both ways, the quick one
 * where it can, and names the files in which the two find different things. Status 1: there are
 * any. */
#include "same_header.h"

#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>

static int differing;
static size_t files, quick;

static int compare(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)place;
    struct dicom_header a, b;
    struct err e = {0};
    if (kind != FTW_F || !S_ISREG(info->st_mode))
        return 0;
    files++;
    if (!dicom_header_read_plainly(path, &a))
        return 0;
    quick++;
    const bool read = dicom_header_read_by_dcmtk(path, &b, &e);
    const char *difference = read ? header_difference(&a, &b) : e.text;
    if (difference) {
        printf("%s: the two readers differ: %s\n", path, difference);
        differing = 1;
    }
    dicom_header_free(&a);
    if (read)
        dicom_header_free(&b);
    return 0;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (nftw(argv[i], compare, 16, FTW_PHYS) != 0)
            return 1;
    printf("%zu files, %zu of them plain\n", files, quick);
    return differing;
}
