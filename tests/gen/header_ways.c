/* header_ways PATH...: reads the header and the class of every file at or below PATH in both ways,
 * the quick one where it can, structure sets whole, and names the files in which the two find
 * different things. Status 1: there are any. */
#include "same_header.h"
#include "same_structures.h"
#include "shim/dicom_class.h"

#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>

static int differing;
static size_t files, quick;

static const char *structures_difference(const char *path)
{
    struct rtstruct a, b;
    struct err e = {0};
    bool same = true;
    if (!rtstruct_read_plainly(path, true, &a))
        return NULL;
    if (!rtstruct_read_by_dcmtk(path, true, &b, &e))
        same = false;
    else if (!same_structures(&a, &b))
        same = false;
    rtstruct_free(&a);
    rtstruct_free(&b);
    return same ? NULL : "contours";
}

static const char *class_difference(const char *path)
{
    char a[DICOM_UID_SIZE], b[DICOM_UID_SIZE];
    const bool is_one = dicom_class_plainly(path, a);
    return !is_one || (dicom_class_by_dcmtk(path, b) && strcmp(a, b) == 0) ? NULL : "the class";
}

static int compare(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)place;
    struct dicom_header a, b;
    struct err e = {0};
    if (kind != FTW_F || !S_ISREG(info->st_mode))
        return 0;
    files++;
    const char *more = class_difference(path);
    more = more ? more : structures_difference(path);
    if (more) {
        printf("%s: the two readers differ: %s\n", path, more);
        differing = 1;
    }
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
