/* The two readers of an image header: which files are plain enough for the quick one, and that it
 * finds in them what DCMTK finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../gen/same_header.h"
#include "dicom_bytes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CT_IMAGE "1.2.840.10008.5.1.4.1.1.2"

/* Items of one element each; delimited, and of a length. */
#define OPEN_ITEMS                                                                                 \
    "\xfe\xff\x00\xe0\xff\xff\xff\xff\x08\x00\x00\x01SH\2\0"                                       \
    "ab\xfe\xff\x0d\xe0\0\0\0\0"                                                                   \
    "\xfe\xff\xdd\xe0\0\0\0\0"
#define CLOSED_ITEMS                                                                               \
    "\xfe\xff\x00\xe0\x0a\0\0\0\x08\x00\x00\x01SH\2\0"                                             \
    "ab"
#define BAD_ITEMS                                                                                  \
    "\xfe\xff\x00\xe0\x0a\0\0\0\x08\x00\x00\x01SH\4\0"                                             \
    "ab"

static const struct element base[] = {
    {0x00080005, "CS", "ISO_IR 100", 0},
    {0x00080008, "CS", "ORIGINAL\\PRIMARY \\AXIAL", 0},
    {0x00080016, "UI", CT_IMAGE, 0},
    {0x00080018, "UI", "1.2.3.4", 0},
    {0x00080020, "DA", "2024.01.02", 0},
    {0x00080060, "CS", "CT", 0},
    {0x00080070, "LO", "GE MEDICAL SYSTEMS", 0},
    {0x00081140, "SQ", CLOSED_ITEMS, 18},
    {0x00090010, "LO", "GEMS_PETD_01", 0},
    {0x0009100d, "DT", "20240102101112", 0},
    {0x00100020, "LO", " P 1 ", 0},
    {0x00180050, "DS", "2.50", 0},
    {0x00180060, "DS", "", 0},
    {0x00200032, "DS", "-1.25\\ +2\\3e0", 0},
    {0x00200037, "DS", "1\\0\\0\\0\\1\\0", 0},
    {0x00280002, "US", "\1\0", 2},
    {0x00280004, "CS", "MONOCHROME2", 0},
    {0x00280010, "US", "\1\0", 2},
    {0x00280011, "US", "\2\0", 2},
    {0x00280030, "DS", "0.5\\0.5", 0},
    {0x00280100, "US", "\x10\0", 2},
    {0x00280101, "US", "\x0c\0", 2},
    {0x00280102, "US", "\x0b\0", 2},
    {0x00280103, "US", "\1\0", 2},
    {0x00281052, "DS", "-1024", 0},
    {0x00281053, "DS", "1", 0},
    {0x7fe00010, "OW", "\1\0\2\0", 4},
};

/* What is left out in implicit VR: items in explicit VR, and a private block, which only DCMTK
 * reads. */
static bool is_for(const struct file *f, uint32_t tag)
{
    return !f->implicit || (tag != 0x00081140 && tag >> 16 != 0x0009);
}

/* The base with one element added or replaced. */
static void make(struct file *f, const struct element *change, const char *syntax)
{
    bool done = !change;
    memset(f, 0, sizeof *f);
    put_meta(f, syntax);
    f->implicit = strcmp(syntax, IMPLICIT) == 0;
    for (size_t i = 0; i < sizeof base / sizeof *base; i++) {
        if (!done && change->tag <= base[i].tag)
            put_element(f, change);
        if ((done || change->tag != base[i].tag) && is_for(f, base[i].tag))
            put_element(f, &base[i]);
        done = done || change->tag <= base[i].tag;
    }
}

/* Whether the quick reader takes the file; what it finds must then be what DCMTK finds. */
static bool is_plain(const struct file *f)
{
    char path[40];
    struct dicom_header quick, slow;
    struct err e = {0};
    store(f, path);
    const bool plain = dicom_header_read_plainly(path, &quick);
    const bool read = dicom_header_read_by_dcmtk(path, &slow, &e);
    unlink(path);
    if (plain) {
        assert_true(read);
        const char *difference = header_difference(&quick, &slow);
        if (difference)
            print_error("they differ: %s\n", difference);
        assert_null(difference);
        dicom_header_free(&quick);
    }
    if (read)
        dicom_header_free(&slow);
    return plain;
}

enum { LIKE_A_VR = 0x5343 }; /* a length whose bytes are the letters CS */
static char large[LIKE_A_VR + 1];

static const struct {
    const char *what;
    struct element element;
    bool plain;
} changes[] = {
    {"an item without a defined length",
     {0x00081140, "SQ", OPEN_ITEMS, UINT32_MAX, sizeof OPEN_ITEMS - 1},
     true},
    {"an empty sequence", {0x00081140, "SQ", "", 0}, true},
    {"texts at their widest", {0x00100020, "LO", "   a b\\c  ", 0}, true},
    {"letters of other languages in what is not read", {0x00100010, "PN", "M\xfcller", 0}, true},
    {"an unread value of any bytes", {0x00204000, "LT", "a\r\n\tb\x1b", 0}, true},
    {"a blank slope", {0x00281053, "DS", "  ", 0}, false},
    {"an empty slope", {0x00281053, "DS", "", 0}, true},
    {"an empty number", {0x00280010, "US", "", 0}, true},
    {"a negative integer", {0x00280106, "SS", "\xff\xff", 2}, true},
    {"two integers where one is wanted", {0x00280103, "US", "\1\0\2\0", 4}, true},
    {"an element beyond the first bytes", {0x00091010, "OB", large, 20000}, true},
    {"a private block of nobody", {0x00110010, "LO", "", 0}, true},
    {"another kind of image", {0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7", 0}, true},
    {"a structure set", {0x00080016, "UI", DICOM_CLASS_OF_RTSTRUCT, 0}, false},
    {"a segmentation", {0x00080016, "UI", DICOM_CLASS_OF_SEG, 0}, false},
    {"no SOP class", {0x00080016, "UI", "", 0}, false},
    {"a UID with a blank", {0x0020000d, "UI", "1.2.3 ", 0}, false},
    {"a UID with a NUL inside", {0x0020000d, "UI", "1.2\0.3", 6}, false},
    {"a text with a NUL", {0x00100020, "LO", "a\0b ", 4}, false},
    {"a text with a line end", {0x00100020, "LO", "a\nb ", 4}, false},
    {"letters of other languages", {0x00100020, "LO", "M\xfcller", 0}, false},
    {"an odd length", {0x00100020, "LO", "abc", 3}, false},
    {"an unknown VR", {0x00110010, "ZZ", "ab", 0}, false},
    {"UN", {0x00110010, "UN", "ab", 2}, false},
    {"a reserved byte", {0x00110010, "XOB", "ab", 2}, false},
    {"a number in binary that is text elsewhere",
     {0x00281053, "FD", "\0\0\0\0\0\0\xf0?", 8},
     false},
    {"a sequence as text", {0x00283000, "LO", "ab", 2}, false},
    {"an item that is too short", {0x00081140, "SQ", BAD_ITEMS, 18}, false},
    {"pixels without a length",
     {0x7fe00010, "OW", OPEN_ITEMS, UINT32_MAX, sizeof OPEN_ITEMS - 1},
     false},
    {"pixels of floating point", {0x7fe00008, "OW", "\0\0\0\0", 4}, false},
    {"an element of the meta header", {0x00020016, "AE", "ab", 2}, false},
};

static void what_is_plain(void **state)
{
    (void)state;
    static struct file f;
    memset(large, ' ', sizeof large - 1);
    make(&f, NULL, EXPLICIT);
    assert_true(is_plain(&f));
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        make(&f, &changes[i].element, EXPLICIT);
        if (is_plain(&f) != changes[i].plain)
            fail_msg("%s: plain is %d", changes[i].what, !changes[i].plain);
    }
}

static const struct {
    const char *what;
    struct element element;
    bool plain;
} implicit_changes[] = {
    {"base", {0x00180060, "", "120 ", 0}, true},
    {"a private element", {0x00111020, "", "ab", 0}, true},
    {"a private element that is read", {0x0009100d, "", "20240102101112", 0}, false},
    {"a private element that some maker has as a sequence", {0x00291140, "", "ab", 0}, false},
    {"an element of no dictionary", {0x00181fff, "", "ab", 0}, false},
    {"an element of a repeating group", {0x60003000, "", "ab", 0}, false},
    {"a sequence of nothing", {0x00082112, "", "", 0}, true},
    {"a sequence of no items", {0x00082112, "", "abcdefgh", 0}, false},
    {"a length that looks like a VR", {0x00080005, "", large, LIKE_A_VR}, false},
};

static void implicit_vrs(void **state)
{
    (void)state;
    static struct file f;
    for (size_t i = 0; i < sizeof implicit_changes / sizeof *implicit_changes; i++) {
        make(&f, &implicit_changes[i].element, IMPLICIT);
        if (is_plain(&f) != implicit_changes[i].plain)
            fail_msg("%s: plain is %d", implicit_changes[i].what, !implicit_changes[i].plain);
    }
    setenv("DCMDICTPATH", "/usr/share/dcmtk/dicom.dic",
           1); /* another dictionary than the build's */
    make(&f, NULL, IMPLICIT);
    assert_false(is_plain(&f));
    unsetenv("DCMDICTPATH");
}

static void whole_files(void **state)
{
    (void)state;
    static struct file f, g;
    const struct element twice = {0x00280103, "US", "\1\0", 2};
    make(&f, NULL, "1.2.840.10008.1.2.2");
    assert_false(is_plain(&f));
    make(&f, NULL, EXPLICIT);
    g = f;
    g.n -= 16; /* no pixel data */
    assert_false(is_plain(&g));
    put_element(&g, &twice);
    assert_false(is_plain(&g));
    for (size_t n = 0; n < f.n - 4; n += 7) { /* cut short within the header */
        g = f;
        g.n = n;
        assert_false(is_plain(&g));
    }
    g = f;
    g.n -= 2; /* cut short within the pixels, which the header does not tell */
    assert_true(is_plain(&g));
    g = f;
    memmove(g.at, g.at + 128, g.n -= 128); /* no preamble */
    assert_false(is_plain(&g));
}

/* Sequences within sequences: some are read, very deep ones are left to DCMTK. */
static void nesting(void **state)
{
    (void)state;
    static struct file f;
    for (int depth = 1; depth < 40; depth++) {
        unsigned char value[2000];
        size_t n = 0;
        for (int k = 1; k < depth; k++) {
            memcpy(value + n, "\xfe\xff\0\xe0\xff\xff\xff\xff\x08\0\x40\x11SQ\0\0\xff\xff\xff\xff",
                   20);
            n += 20;
        }
        for (int k = 1; k < depth; k++) {
            memcpy(value + n, "\xfe\xff\xdd\xe0\0\0\0\0\xfe\xff\x0d\xe0\0\0\0\0", 16);
            n += 16;
        }
        const struct element e = {0x00081140, "SQ", (const char *)value, (uint32_t)n};
        if (n == 0)
            continue;
        make(&f, &e, EXPLICIT);
        assert_int_equal(is_plain(&f), depth <= 16);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_plain),
        cmocka_unit_test(implicit_vrs),
        cmocka_unit_test(whole_files),
        cmocka_unit_test(nesting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
