/* The two readers of structure sets: which files are plain enough for the quick one, and that it
 * finds in them what DCMTK finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../gen/same_header.h"
#include "../../gen/same_structures.h"
#include "dicom_bytes.h"
#include "shim/dicom_class.h"

/* One region with one contour, and what may be changed of it. */
struct wish {
    const char *what;
    struct element points;    /* Contour Data */
    const char *name, *image; /* that the contour names */
    struct element last;      /* behind the contours; tag 0: nothing */
    bool plain;
};

#define TRIANGLE                                                                                   \
    {                                                                                              \
        0x30060050, "DS", "0\\0\\5\\1\\0\\5\\1\\1\\5", 0                                           \
    }

/* A sequence of one item with these elements; item and sequence with lengths, or without any. */
static void put_sequence(struct file *f, uint32_t tag, const struct file *elements, bool open)
{
    struct file items = {.implicit = f->implicit};
    put_number(&items, 0xe000fffe, 4);
    put_number(&items, open ? UINT32_MAX : (uint32_t)elements->n, 4);
    put(&items, elements->at, elements->n);
    if (open)
        put(&items, "\xfe\xff\x0d\xe0\0\0\0\0\xfe\xff\xdd\xe0\0\0\0\0", 16);
    const struct element e = {tag, "SQ", (const char *)items.at,
                              open ? UINT32_MAX : (uint32_t)items.n, (uint32_t)items.n};
    put_element(f, &e);
}

static void make(struct file *f, const struct wish *w, const char *syntax, bool open)
{
    static struct file roi, image, contour, contours;
    const bool implicit = strcmp(syntax, IMPLICIT) == 0;
    const struct element head[] = {{0x00080016, "UI", DICOM_CLASS_OF_RTSTRUCT, 0},
                                   {0x00080018, "UI", "1.2.3.4", 0},
                                   {0x30060002, "SH", "label", 0}};
    const struct element of_roi[] = {
        {0x30060022, "IS", "7", 0}, {0x30060024, "UI", "1.2.3", 0}, {0x30060026, "LO", w->name, 0}};
    const struct element of_contour[] = {{0x30060042, "CS", "CLOSED_PLANAR", 0},
                                         {0x30060046, "IS", "3", 0}},
                         number = {0x30060084, "IS", "7", 0},
                         of_image = {0x00081155, "UI", w->image, 0};
    memset(f, 0, sizeof *f);
    roi.n = image.n = contour.n = contours.n = 0;
    put_meta(f, syntax);
    f->implicit = roi.implicit = image.implicit = contour.implicit = contours.implicit = implicit;
    for (int i = 0; i < 3; i++) {
        put_element(f, &head[i]);
        put_element(&roi, &of_roi[i]);
    }
    put_sequence(f, 0x30060020, &roi, open);
    put_element(&image, &of_image);
    put_sequence(&contour, 0x30060016, &image, open);
    put_element(&contour, &of_contour[0]);
    put_element(&contour, &of_contour[1]);
    put_element(&contour, &w->points);
    put_sequence(&contours, 0x30060040, &contour, open);
    put_element(&contours, &number);
    put_sequence(f, 0x30060039, &contours, open);
    if (w->last.tag)
        put_element(f, &w->last);
}

/* A scan reads names and images only. */
static void headers_are_the_same(const char *path)
{
    struct dicom_header quick, slow;
    struct err e = {0};
    if (!dicom_header_read_plainly(path, &quick))
        return;
    assert_true(dicom_header_read_by_dcmtk(path, &slow, &e));
    assert_null(header_difference(&quick, &slow));
    dicom_header_free(&quick);
    dicom_header_free(&slow);
}

/* Whether the quick reader takes the file; what it finds must then be what DCMTK finds. */
static bool is_plain(const struct file *f, bool contours)
{
    char path[40], quick_class[DICOM_UID_SIZE], slow_class[DICOM_UID_SIZE];
    struct rtstruct quick, slow;
    struct err e = {0};
    store(f, path);
    const bool plain = rtstruct_read_plainly(path, contours, &quick);
    const bool read = rtstruct_read_by_dcmtk(path, contours, &slow, &e);
    if (dicom_class_plainly(path, quick_class)) {
        assert_true(dicom_class_by_dcmtk(path, slow_class));
        assert_string_equal(quick_class, slow_class);
    }
    headers_are_the_same(path);
    unlink(path);
    if (plain)
        assert_true(read && same_structures(&quick, &slow));
    rtstruct_free(&quick);
    rtstruct_free(&slow);
    return plain;
}

static const struct wish wishes[] = {
    {"base", TRIANGLE, "GTV", "1.2.9", {0}, true},
    {"blanks and exponents",
     {0x30060050, "DS", " 0 \\+1e0\\-.5\\1\\0\\5\\1\\1\\5 ", 0},
     "GTV",
     "1.2.9",
     {0},
     true},
    {"an empty last value", {0x30060050, "DS", "0\\0\\5\\1\\0\\5\\", 0}, "GTV", "1.2.9", {0}, true},
    {"no triple", {0x30060050, "DS", "0\\0\\5\\1", 0}, "GTV", "1.2.9", {0}, true},
    {"no number", {0x30060050, "DS", "0\\0\\five", 0}, "GTV", "1.2.9", {0}, true},
    {"nothing but blanks", {0x30060050, "DS", "    ", 0}, "GTV", "1.2.9", {0}, false},
    {"no coordinates", {0x30060050, "DS", "", 0}, "GTV", "1.2.9", {0}, true},
    {"no name", TRIANGLE, "", "1.2.9", {0}, true},
    {"a name of several values", TRIANGLE, " a \\b", "1.2.9", {0}, true},
    {"an element behind it", TRIANGLE, "GTV", "1.2.9", {0x300e0002, "CS", "APPROVED", 0}, true},
    {"coordinates of another VR", {0x30060050, "LT", "0\\0\\5", 0}, "GTV", "1.2.9", {0}, false},
    {"coordinates with a NUL", {0x30060050, "DS", "0\\0\\5\0", 6}, "GTV", "1.2.9", {0}, false},
    {"coordinates of VR UN", {0x30060050, "UN", "0\\0\\5 ", 0}, "GTV", "1.2.9", {0}, false},
    {"letters of other languages", TRIANGLE, "L\xe4sion", "1.2.9", {0}, false},
    {"an image with a blank in its UID", TRIANGLE, "GTV", "1.2 9", {0}, false},
    {"pixels", TRIANGLE, "GTV", "1.2.9", {0x7fe00010, "OW", "\1\0", 2}, false},
    {"an element that comes too late",
     TRIANGLE,
     "GTV",
     "1.2.9",
     {0x00100020, "LO", "P1", 0},
     false},
};

static void what_is_plain(void **state)
{
    (void)state;
    static struct file f;
    for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++)
        for (int open = 0; open <= 1; open++) {
            make(&f, &wishes[i], EXPLICIT, open);
            if (is_plain(&f, true) != wishes[i].plain)
                fail_msg("%s: plain is %d", wishes[i].what, !wishes[i].plain);
            is_plain(&f, false); /* where coordinates do not matter, they may be anything */
        }
}

static void implicit_vrs(void **state)
{
    (void)state;
    static struct file f;
    for (int open = 0; open <= 1; open++) {
        make(&f, &wishes[0], IMPLICIT, open);
        assert_true(is_plain(&f, true));
    }
}

static void files_that_break_off(void **state)
{
    (void)state;
    static struct file f, g;
    make(&f, &wishes[0], EXPLICIT, false);
    for (size_t n = 1; n < f.n; n += 3) {
        g = f;
        g.n = n;
        if (is_plain(&g, true)) /* between two elements of the data set it is a whole one */
            assert_true(n > 132);
    }
    make(&f, &wishes[0], "1.2.840.10008.1.2.2", false);
    assert_false(is_plain(&f, true));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_plain),
        cmocka_unit_test(implicit_vrs),
        cmocka_unit_test(files_that_break_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
