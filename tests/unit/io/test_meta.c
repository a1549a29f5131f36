/* MetaImage: grids by their headers, and voxels wherever they lie. Values and geometry are those
 * that ITK 5.4 gives for the same files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folder.h"
#include "io/meta.h"

#include <string.h>

enum { N = 24 };

#define FIRST "ObjectType = Image\nNDims = 3\n"
#define CUBE  FIRST "DimSize = 4 3 2\n"
#define BYTES CUBE "ElementType = MET_UCHAR\n"
#define LOCAL "ElementDataFile = LOCAL\n"

static const uint8_t *counting(void)
{
    static uint8_t data[N];
    for (int i = 0; i < N; i++)
        data[i] = (uint8_t)i;
    return data;
}

static struct volume volume_of(const char *header, const void *data, size_t n)
{
    struct volume v;
    struct err e = {0};
    if (!meta_read(write_in_folder("a.mha", header, data, n), &v, &e))
        fail_msg("%s: %s", header, e.text);
    return v;
}

static struct grid grid_of(const char *lines)
{
    char header[1024];
    snprintf(header, sizeof header, "%s%s%s", BYTES, lines, LOCAL);
    struct volume v = volume_of(header, counting(), N);
    struct grid g = v.grid;
    volume_free(&v);
    return g;
}

/* The file must hold 0, 1, .. 23 as this type. */
static void expect_counting(const char *path, enum pixel_type type)
{
    struct volume v;
    struct err e = {0};
    if (!meta_read(path, &v, &e))
        fail_msg("%s", e.text);
    assert_int_equal(v.type, type);
    assert_int_equal(v.grid.size[0] * 100 + v.grid.size[1] * 10 + v.grid.size[2], 432);
    for (int i = 0; i < N; i++)
        assert_true(volume_get(&v, i) == i);
    volume_free(&v);
}

static void geometry_by_all_its_names(void **state)
{
    (void)state;
    struct grid g = grid_of("");
    assert_true(g.spacing_mm[2] == 1 && g.origin_mm[0] == 0 && g.direction[4] == 1);
    g = grid_of(
        "ElementSpacing = 1 2 3\nOffset = -4 5 6.5\nTransformMatrix = 0 1 0 -1 0 0 0 0 1\n");
    assert_true(g.spacing_mm[1] == 2 && g.origin_mm[2] == 6.5);
    /* a column of ours is three numbers of theirs behind each other */
    assert_true(g.direction[3] == 1 && g.direction[1] == -1 && g.direction[8] == 1);
    g = grid_of("ElementSize = 1 2 3\nPosition = 1 2 3\nRotation = -1 0 0 0 1 0 0 0 1\n");
    assert_true(g.spacing_mm[2] == 3 && g.origin_mm[1] == 2 && g.direction[0] == -1);
    g = grid_of("Origin = 1 2 3\nOrientation = 1 0 0 0 -1 0 0 0 1\n");
    assert_true(g.origin_mm[1] == 2 && g.direction[4] == -1);
}

/* The proper name wins, whatever the order. */
static void names_have_ranks(void **state)
{
    (void)state;
    struct grid g = grid_of("ElementSpacing = 1 2 3\nElementSize = 7 7 7\nOffset = 1 2 3\n"
                            "Position = 7 7 7\nOrigin = 8 8 8\n");
    assert_true(g.spacing_mm[1] == 2 && g.origin_mm[1] == 2);
    g = grid_of("ElementSize = 7 7 7\nElementSpacing = 1 2 3\nOrigin = 8 8 8\nPosition = 7 7 7\n");
    assert_true(g.spacing_mm[1] == 2 && g.origin_mm[1] == 7);
}

static void a_negative_spacing_turns_its_axis(void **state)
{
    (void)state;
    struct grid g = grid_of("ElementSpacing = 1 -2 3\nOffset = 1 2 3\n");
    assert_true(g.spacing_mm[1] == 2 && g.direction[4] == -1 && g.origin_mm[1] == 2);
}

static void lines_may_be_odd(void **state)
{
    (void)state;
    struct grid g = grid_of("\n  \t\nElementSpacing:1 2 3\nComment = ElementSpacing = 9 9 9\r\n"
                            "Offset\t=\t1 2 3\r\nUnheard = of\nAnatomicalOrientation = RAI\n");
    assert_true(g.spacing_mm[1] == 2 && g.origin_mm[2] == 3);
}

static void every_number_in_both_orders(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum pixel_type type;
        size_t bytes;
    } types[] = {
        {"CHAR", PIXEL_I8, 1},        {"UCHAR", PIXEL_U8, 1},      {"SHORT", PIXEL_I16, 2},
        {"USHORT", PIXEL_U16, 2},     {"INT", PIXEL_I32, 4},       {"UINT", PIXEL_U32, 4},
        {"LONG", PIXEL_I32, 4},       {"ULONG", PIXEL_U32, 4},     {"LONG_LONG", PIXEL_I64, 8},
        {"ULONG_LONG", PIXEL_U64, 8}, {"ASCII_CHAR", PIXEL_I8, 1}, {"SHORT_ARRAY", PIXEL_I16, 2}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        for (int big = 0; big < 4; big++) {
            uint8_t data[N * 8] = {0};
            char header[512];
            for (size_t n = 0; n < N; n++)
                data[n * types[i].bytes + (big & 1 ? types[i].bytes - 1 : 0)] = (uint8_t)n;
            snprintf(header, sizeof header, CUBE "%s = %s\nElementType = MET_%s\n" LOCAL,
                     big & 2 ? "ElementByteOrderMSB" : "BinaryDataByteOrderMSB",
                     big & 1 ? "True" : "False", types[i].name);
            expect_counting(write_in_folder("t.mha", header, data, N * types[i].bytes),
                            types[i].type);
        }
    float single[N];
    double wide[N];
    for (int i = 0; i < N; i++)
        single[i] = (float)(wide[i] = i);
    expect_counting(
        write_in_folder("f.mha", CUBE "ElementType = MET_FLOAT\n" LOCAL, single, sizeof single),
        PIXEL_F32);
    expect_counting(
        write_in_folder("d.mha", CUBE "ElementType = MET_DOUBLE\n" LOCAL, wide, sizeof wide),
        PIXEL_F64);
}

static void voxels_lie_in_other_files(void **state)
{
    (void)state;
    const uint8_t *data = counting();
    write_in_folder("all.raw", "", data, N);
    write_in_folder("head.raw", "12345", data, N);
    write_in_folder("s1.raw", "", data, N / 2);
    write_in_folder("s2.raw", "", data + N / 2, N / 2);
    static const char *const lines[] = {
        "ElementDataFile = all.raw\n",
        "HeaderSize = 5\nElementDataFile = head.raw\n",
        "HeaderSize = -1\nElementDataFile = head.raw\n",
        "ElementDataFile = LIST\ns1.raw\ns2.raw\n",
        "ElementDataFile = LIST 2D\ns1.raw\ns2.raw",
        "ElementDataFile = s%d.raw 1 2 1\n",
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        char header[512];
        snprintf(header, sizeof header, "%s%s", BYTES, lines[i]);
        expect_counting(write_in_folder("b.mhd", header, "", 0), PIXEL_U8);
    }
}

/* 0, 1, .. 23 as a stream of zlib with one stored block. */
static size_t deflated(uint8_t out[N + 11])
{
    uint32_t a = 1, b = 0;
    static const uint8_t head[] = {0x78, 0x01, 0x01, N, 0, (uint8_t)~N, 0xff};
    memcpy(out, head, sizeof head);
    memcpy(out + sizeof head, counting(), N);
    for (uint32_t i = 0; i < N; i++) {
        a = (a + i) % 65521;
        b = (b + a) % 65521;
    }
    const uint8_t sum[] = {(uint8_t)(b >> 8), (uint8_t)b, (uint8_t)(a >> 8), (uint8_t)a};
    memcpy(out + sizeof head + N, sum, sizeof sum);
    return sizeof head + N + sizeof sum;
}

/* Its size is said, not said, or said as nought. */
static void compressed_voxels_are_read(void **state)
{
    (void)state;
    uint8_t data[N + 11];
    const size_t n = deflated(data);
    for (int form = 0; form < 3; form++) {
        char header[512], size[64] = "";
        if (form)
            snprintf(size, sizeof size, "CompressedDataSize = %zu\n", form == 1 ? n : 0);
        snprintf(header, sizeof header, BYTES "CompressedData = True\n%s" LOCAL, size);
        expect_counting(write_in_folder("z.mha", header, data, n), PIXEL_U8);
    }
}

static void components_and_two_axes(void **state)
{
    (void)state;
    struct volume v = volume_of(FIRST "DimSize = 4 1 2\nElementNumberOfChannels = 3\n"
                                      "ElementType = MET_UCHAR\n" LOCAL,
                                counting(), N);
    assert_int_equal(v.channels, 3);
    assert_true(((uint8_t *)v.data)[4] == 4);
    volume_free(&v);
    v = volume_of(
        "NDims = 2\nDimSize = 6 4\nElementSpacing = 2 -3\nElementType = MET_UCHAR\n" LOCAL,
        counting(), N);
    assert_true(v.grid.dims == 2 && v.grid.size[1] == 4 && v.grid.size[2] == 1);
    assert_true(v.grid.spacing_mm[1] == 3 && v.grid.direction[4] == -1);
    volume_free(&v);
}

static void what_is_broken_is_refused(void **state)
{
    (void)state;
    static const char *const text[] = {
        "",
        "nothing of the kind",
        FIRST LOCAL,
        CUBE LOCAL,
        FIRST "ElementType = MET_UCHAR\n" LOCAL,
        "NDims = 4\nDimSize = 4 3 2 1\nElementType = MET_UCHAR\n" LOCAL,
        "NDims = 1\nDimSize = 24\nElementType = MET_UCHAR\n" LOCAL,
        "DimSize = 4 3 2\nNDims = 3\nElementType = MET_UCHAR\n" LOCAL,
        FIRST "DimSize = 4 3\nElementType = MET_UCHAR\n" LOCAL,
        FIRST "DimSize = 4 3 0\nElementType = MET_UCHAR\n" LOCAL,
        FIRST "DimSize = 4 -3 2\nElementType = MET_UCHAR\n" LOCAL,
        FIRST "DimSize = 2000000000 2000000000 2000000000\nElementType = MET_UCHAR\n" LOCAL,
        FIRST "DimSize = 20000 20000 2000\nElementType = MET_UCHAR\n" LOCAL,
        CUBE "ElementType = MET_STRING\n" LOCAL,
        BYTES "ElementSpacing = 1 0 1\n" LOCAL,
        BYTES "ElementSpacing = 1 1\n" LOCAL,
        BYTES "ElementSpacing = 1 nan 1\n" LOCAL,
        BYTES "Offset = 1 1e13 1\n" LOCAL,
        BYTES "TransformMatrix = 1 0 0 1 0 0 0 0 1\n" LOCAL,
        BYTES "BinaryData = False\n" LOCAL,
        BYTES "CompressedData = perhaps\n" LOCAL,
        BYTES "CompressedData = True\n" LOCAL,
        BYTES "ElementNumberOfChannels = 0\n" LOCAL,
        BYTES "HeaderSize = 5\n" LOCAL,
        BYTES "a line of no key\nElementSpacing = 1 2 3\n" LOCAL,
        BYTES "ElementDataFile = missing.raw\n",
        BYTES "ElementDataFile = LIST\n",
        BYTES "ElementDataFile = LIST\nmissing.raw\nmissing.raw\n",
        BYTES "ElementDataFile = s%s.raw 1 2 1\n",
        BYTES "ElementDataFile = s%d%n.raw 1 2 1\n",
        BYTES "ElementDataFile = s%d.raw 1 9000000 1\n",
        BYTES,
    };
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        struct volume v;
        struct err e = {0};
        if (meta_read(write_in_folder("x.mha", text[i], counting(), N - 1), &v, &e) ||
            !strstr(e.text, "x.mha"))
            fail_msg("taken, or the reason is poor (%s): %s", e.text, text[i]);
        assert_int_equal(e.code, ERR_REFUSED);
        assert_null(v.data);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(geometry_by_all_its_names),
        cmocka_unit_test(names_have_ranks),
        cmocka_unit_test(a_negative_spacing_turns_its_axis),
        cmocka_unit_test(lines_may_be_odd),
        cmocka_unit_test(every_number_in_both_orders),
        cmocka_unit_test(voxels_lie_in_other_files),
        cmocka_unit_test(compressed_voxels_are_read),
        cmocka_unit_test(components_and_two_axes),
        cmocka_unit_test(what_is_broken_is_refused),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
