/* NRRD: grids by their text headers, and voxels in every form. Values and geometry are those that
 * ITK 5.4 gives for the same files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folder.h"
#include "io/nrrd.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#define FIRST  "NRRD0004\ntype: unsigned char\nencoding: raw\n"
#define CUBE   FIRST "dimension: 3\nsizes: 4 3 2\n"
#define STEPS  "space directions: (1,0,0) (0,2,0) (0,0,3)\n"
#define ORIGIN "space origin: (0,0,0)\n"

static struct grid grid_of(const char *header)
{
    struct grid g;
    struct err e = {0};
    bool detached;
    if (!nrrd_header_grid(header, &g, &detached, &e))
        fail_msg("%s: %s", header, e.text);
    return g;
}

static void three_axes_in_every_space(void **state)
{
    (void)state;
    static const struct {
        const char *space;
        int x, y;
    } spaces[] = {{"left-posterior-superior", 1, 1},
                  {"LPS", 1, 1},
                  {"right-anterior-superior", -1, -1},
                  {"ras", -1, -1},
                  {"left-anterior-superior", 1, -1},
                  {"LAS", 1, -1},
                  {"scanner-xyz", 1, 1},
                  {"3D-left-handed", 1, 1},
                  {"3D-right-handed", 1, 1}};
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        char header[512];
        snprintf(header, sizeof header,
                 CUBE "space: %s \t\r\nspace directions: (1, 0, 0)  (0,-2,0) ( 0 ,0,3)\r\n"
                      "space origin: ( -5 , 6 , 7.5 ) \n",
                 spaces[i].space);
        struct grid g = grid_of(header);
        assert_int_equal(g.size[0] * 100 + g.size[1] * 10 + g.size[2], 432);
        assert_true(g.spacing_mm[0] == 1 && g.spacing_mm[1] == 2 && g.spacing_mm[2] == 3);
        assert_true(g.origin_mm[0] == -5 * spaces[i].x && g.origin_mm[1] == 6 * spaces[i].y);
        assert_true(g.direction[0] == spaces[i].x && g.direction[4] == -spaces[i].y);
        assert_true(g.origin_mm[2] == 7.5 && g.direction[8] == 1);
    }
}

static void without_a_space_the_axes_tell(void **state)
{
    (void)state;
    struct grid g = grid_of(CUBE "spacings: 1 2 -3\n");
    assert_true(g.spacing_mm[2] == 3 && g.direction[8] == -1 && g.origin_mm[2] == 0);
    g = grid_of(CUBE "spacings: 1 nan 3\naxis mins: 1 2 3\n");
    assert_true(g.spacing_mm[1] == 1 && g.origin_mm[0] == 0); /* one axis has no length */
    g = grid_of(CUBE "spacings: 1 2 3\naxismins: 1 2 3\ncenterings: cell node ???\n");
    assert_true(g.origin_mm[0] == 1.5 && g.origin_mm[1] == 2 && g.origin_mm[2] == 4.5);
    g = grid_of(CUBE "axis mins: 1 2 3\naxis maxs: 4 8 12\n");
    assert_true(g.spacing_mm[0] == 1 && g.origin_mm[0] == 1.375 && g.origin_mm[2] == 5.25);
    g = grid_of(CUBE "space: RAS\n");
    assert_true(g.direction[0] == 1 && g.spacing_mm[0] == 1);
    g = grid_of(FIRST "dimension: 2\nsizes: 4 3\nspace dimension: 2\n"
                      "space directions: (2,0) (0,-3)\nspace origin: (1,2)\n");
    assert_true(g.dims == 2 && g.size[2] == 1 && g.direction[4] == -1 && g.origin_mm[1] == 2);
}

static void layers_are_no_axis_of_space(void **state)
{
    (void)state;
    struct grid g =
        grid_of(FIRST "dimension: 4\nspace: LPS\nsizes: 2 4 3 2\nkinds: list domain domain domain\n"
                      "space directions: none (0.6,0.8,0) (-1.6,1.2,0) (0,0,-3)\n"
                      "space origin: (1e1,0,0)\nSegment0_Name:=space: RAS\n");
    assert_int_equal(g.size[0] * 100 + g.size[1] * 10 + g.size[2], 432);
    assert_true(g.spacing_mm[1] == 2 && fabs(g.direction[0] - 0.6) < 1e-15);
    assert_true(g.direction[8] == -1 && g.origin_mm[0] == 10);
}

static void voxels_in_another_file_are_seen(void **state)
{
    (void)state;
    struct grid g;
    bool detached;
    assert_true(nrrd_header_grid(CUBE "data file: ./x.raw\n", &g, &detached, NULL) && detached);
    assert_true(nrrd_header_grid(CUBE "datafile: LIST\nx\ny\n", &g, &detached, NULL) && detached);
    assert_true(nrrd_header_grid(CUBE "data file:=x\n# data file: x\n", &g, &detached, NULL));
    assert_false(detached);
}

static void what_makes_no_grid_is_refused(void **state)
{
    (void)state;
    static const char *const text[] = {
        "",
        FIRST,
        FIRST "dimension: 3\n",
        FIRST "sizes: 4 3 2\ndimension: 3\n",
        FIRST "dimension: 3\nsizes: 4 3\n",
        FIRST "dimension: 3\nsizes: 4 3 2 1\n",
        FIRST "dimension: 3\nsizes: 4 3 0\n",
        FIRST "dimension: 3\nsizes: 4 3 2147483648\n",
        FIRST "dimension: 3\nsizes: 9223372036854775808 3 2\n",
        FIRST "dimension: 3\nsizes: -4 3 2\n",
        FIRST "dimension: 17\nsizes: 1\n",
        FIRST "dimension: 4\nsizes: 4 3 2 2\n",
        FIRST "dimension: 1\nsizes: 4\n",
        CUBE "sizes: 4 3 2\n",
        CUBE "space: there\n",
        CUBE "space: RAST\nspace directions: (1,0,0,0) (0,1,0,0) (0,0,1,0)\n",
        CUBE "space directions: (1,0,0) (0,2,0) (0,0,3)\nspace: LPS\n",
        CUBE "space: LPS\nspace directions: (1,0,0) (0,2,0)\n",
        CUBE "space: LPS\nspace directions: (1,0,0) (0,2,0) (1,2,0)\n" ORIGIN,
        CUBE "space: LPS\nspace directions: (1,0,0) (0,2,0) (0,0,0)\n" ORIGIN,
        CUBE "space: LPS\nspace directions: (1,0,0) (0,2,0) (0,0,nan)\n" ORIGIN,
        CUBE "space: LPS\nspace directions: (1e200,0,0) (0,2,0) (0,0,3)\n" ORIGIN,
        CUBE "space: LPS\nspace directions: (1 (0,2,0) (0,0,3)\nspace origin: (",
        CUBE "space: LPS\n" STEPS "space origin: (0,0\n",
        CUBE "space: LPS\n" STEPS "space origin: (0,0,1e999)\n",
        CUBE "space: LPS\nspacings: 1 1 1\n",
        CUBE "spacings: 1 0 1\n",
        CUBE "kinds: domain domain complex\n",
        CUBE "kinds: RGB-color domain domain\n",
        CUBE "kinds: list vector domain\n",
        CUBE "unheard: 1\n",
        CUBE "no field\n",
        "NRRD0004\ntype: short\nencoding: raw\ndimension: 3\nsizes: 4 3 2\n",
        "NRRD0004\ntype: half\nencoding: raw\ndimension: 3\nsizes: 4 3 2\n",
        "NRRD0004\ntype: short\nendian: big\nencoding: bzip2\ndimension: 3\nsizes: 4 3 2\n",
    };
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        struct grid g;
        struct err e = {0};
        bool detached;
        if (nrrd_header_grid(text[i], &g, &detached, &e) || e.code != ERR_REFUSED || !e.text[0])
            fail_msg("taken, or refused without a reason: %s", text[i]);
    }
}

enum { N = 24 };

/* The file must hold 0, 1, .. 23 as this type. */
static void expect_counting(const char *path, enum pixel_type type)
{
    struct volume v;
    struct err e = {0};
    if (!nrrd_read(path, &v, &e))
        fail_msg("%s", e.text);
    assert_int_equal(v.type, type);
    for (int i = 0; i < N; i++)
        assert_true(volume_get(&v, i) == i);
    volume_free(&v);
}

#define WORDS "NRRD0005\ntype: short\ndimension: 3\nsizes: 4 3 2\n"

static void every_encoding_is_read(void **state)
{
    (void)state;
    int16_t little[N], big[N];
    char text[512] = "", hex[512] = "";
    for (int i = 0; i < N; i++) {
        little[i] = (int16_t)i;
        big[i] = (int16_t)(i << 8);
        sprintf(text + strlen(text), i % 2 ? "%d.0\n" : "%d, ", i);
        sprintf(hex + strlen(hex), "%02X00 ", (unsigned)i);
    }
    const struct {
        const char *header;
        const void *data;
        size_t bytes;
    } files[] = {
        {WORDS "encoding: raw\nendian: little\n\n", little, sizeof little},
        {WORDS "encoding: raw\r\nendian: big\r\n\r\n", big, sizeof big},
        {WORDS "encoding: GZ\nendian: little\n\n", little, sizeof little}, /* not compressed */
        {WORDS "encoding: ascii\n\n", text, strlen(text)},
        {WORDS "encoding: hex\nendian: little\n\n", hex, strlen(hex)},
        {WORDS "encoding: raw\nendian: little\nline skip: 2\nbyte skip: 3\n\na\nb\nabc", little,
         sizeof little},
        {WORDS "encoding: raw\nendian: little\nbyte skip: -1\n\nwhatever", little, sizeof little},
        {WORDS "# a comment\nendian: little\nencoding: raw\nkey:=value\n\n", little, sizeof little},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        expect_counting(write_in_folder("a.nrrd", files[i].header, files[i].data, files[i].bytes),
                        PIXEL_I16);
}

static void what_is_written_comes_back(void **state)
{
    (void)state;
    struct volume v, back;
    struct err e = {0};
    struct grid g = {.dims = 3,
                     .size = {7, 5, 3},
                     .spacing_mm = {0.1, 0.7, 3.3},
                     .origin_mm = {-12.3, 45.6, -78.9},
                     .direction = {0.8, -0.6, 0, 0.6, 0.8, 0, 0, 0, 1}};
    for (int type = 0; type < PIXEL_TYPES; type++) {
        assert_true(volume_alloc(&v, &g, (enum pixel_type)type, &e));
        memset(v.data, 3, 100);
        assert_true(nrrd_write(in_folder("w.nrrd"), &v, &e));
        assert_true(nrrd_read(in_folder("w.nrrd"), &back, &e));
        assert_int_equal(back.type, type);
        assert_true(grid_same(&back.grid, &g, 1e-12));
        assert_memory_equal(v.data, back.data,
                            (size_t)grid_voxels(&g) * pixel_size((enum pixel_type)type));
        volume_free(&v);
        volume_free(&back);
    }
}

/* 24 bytes in one file, in a list of two, and in files by a pattern. */
static void voxels_in_other_files_are_read(void **state)
{
    (void)state;
    uint8_t data[N];
    for (int i = 0; i < N; i++)
        data[i] = (uint8_t)i;
    write_in_folder("all.raw", "", data, N);
    write_in_folder("s01.raw", "", data, N / 2);
    write_in_folder("s02.raw", "", data + N / 2, N / 2);
    expect_counting(write_in_folder("a.nhdr", CUBE "data file: all.raw\n", "", 0), PIXEL_U8);
    expect_counting(write_in_folder("b.nhdr", CUBE "data file: LIST\ns01.raw\ns02.raw\n", "", 0),
                    PIXEL_U8);
    expect_counting(write_in_folder("c.nhdr", CUBE "data file: s%02d.raw 1 2 1\n", "", 0),
                    PIXEL_U8);
}

static void components_come_together(void **state)
{
    (void)state;
    uint8_t data[N];
    struct volume v;
    struct err e = {0};
    for (int i = 0; i < N; i++)
        data[i] = (uint8_t)i;
    assert_true(nrrd_read(write_in_folder("k.nrrd",
                                          FIRST "dimension: 4\nsizes: 2 3 2 2\n"
                                                "kinds: domain list domain domain\n\n",
                                          data, N),
                          &v, &e));
    assert_int_equal(v.channels, 3);
    assert_int_equal(v.grid.size[0] * 100 + v.grid.size[1] * 10 + v.grid.size[2], 222);
    static const double first[] = {0, 2, 4, 1, 3, 5, 6, 8, 10};
    for (int i = 0; i < 9; i++)
        assert_true(((uint8_t *)v.data)[i] == first[i]);
    volume_free(&v);
}

static void broken_voxels_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *header, *data;
    } files[] = {
        {CUBE "\n", "too short"},
        {CUBE "data file: missing.raw\n", ""},
        {CUBE "data file: s%02d%s.raw 1 2 1\n", ""},
        {CUBE "data file: s%n.raw 1 2 1\n", ""},
        {CUBE "data file: s%d.raw 1 9000000 1\n", ""},
        {CUBE "data file: LIST\n", ""},
        {CUBE "data file: LIST\nmissing.raw\n", ""},
        {CUBE "byte skip: 999\n\n", "0123456789012345678901234567890"},
        {CUBE "line skip: 9\n\n", "0123456789012345678901234567890"},
        {CUBE "byte skip: -99\n\n", "0123456789012345678901234567890"},
        {"NRRD0004\ntype: uchar\ndimension: 2\nsizes: 2 2\nencoding: txt\n\n", "1 2 3"},
        {"NRRD0004\ntype: uchar\ndimension: 2\nsizes: 2 2\nencoding: txt\n\n", "1 2 3 256"},
        {"NRRD0004\ntype: uchar\ndimension: 2\nsizes: 2 2\nencoding: txt\n\n", "1 2 3 x"},
        {"NRRD0004\ntype: uchar\ndimension: 2\nsizes: 2 2\nencoding: txt\n\n", "1 2 3 1e2"},
        {"NRRD0004\ntype: uchar\ndimension: 2\nsizes: 2 2\nencoding: hex\n\n", "0102030"},
        {"NRRD0004\ntype: uchar\ndimension: 2\nsizes: 2 2\nencoding: hex\n\n", "010203xx"},
        {"NRRD0004\ntype: uchar\ndimension: 2\nsizes: 2 2\nencoding: gzip\n\n", "\x1f\x8b....."},
        {"NRRD0009\ntype: uchar\ndimension: 2\nsizes: 2 2\nencoding: raw\n\n", "0123"},
        {FIRST "dimension: 3\nsizes: 2000000000 2000000000 2000000000\n\n", "0123"},
        {FIRST "dimension: 3\nsizes: 20000 20000 2000\n\n", "0123"},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct volume v;
        struct err e = {0};
        const char *path =
            write_in_folder("b.nrrd", files[i].header, files[i].data, strlen(files[i].data));
        if (nrrd_read(path, &v, &e) || e.code != ERR_REFUSED || !strstr(e.text, "b.nrrd"))
            fail_msg("file %zu is taken, or the reason is poor: %s", i, e.text);
        assert_null(v.data);
    }
}

/* The header of a file of this text and then `n` times `byte`. */
static char *header_of(const char *text, char byte, size_t n, struct err *e)
{
    const char *path = in_folder("h.nrrd");
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    for (size_t i = 0; i < n; i++)
        fputc(byte, file);
    fclose(file);
    return nrrd_header_text(path, e);
}

static void headers_end_at_the_empty_line(void **state)
{
    (void)state;
    struct err e = {0};
    char *ours = header_of("NRRD0004\na: b\n\nvoxels", 0, 9, &e);
    char *theirs = header_of("NRRD0004\r\na: b\r\n\r\nvoxels", 0, 9, &e);
    char *other = header_of("a text\n", 'x', 5 << 20, &e);
    assert_string_equal(ours, "NRRD0004\na: b\n");
    assert_string_equal(theirs, "NRRD0004\r\na: b\r\n");
    assert_string_equal(other, "");
    free(ours);
    free(theirs);
    free(other);
}

static void headers_without_end_are_refused(void **state)
{
    (void)state;
    struct err e = {0};
    assert_null(header_of("NRRD0004\na: ", 'x', 5 << 20, &e));
    assert_int_equal(e.code, ERR_REFUSED);
    assert_non_null(strstr(e.text, "a header of more than 4 MB"));
    e = (struct err){0};
    assert_null(header_of("NRRD0004\nSegment0_Name:=a", 0, 1, &e));
    assert_int_equal(e.code, ERR_REFUSED);
    assert_non_null(strstr(e.text, "a zero byte"));
    e = (struct err){0};
    assert_null(nrrd_header_text("/nonexistent/file.nrrd", &e));
    assert_int_equal(e.code, ERR_FAILED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_axes_in_every_space),
        cmocka_unit_test(without_a_space_the_axes_tell),
        cmocka_unit_test(layers_are_no_axis_of_space),
        cmocka_unit_test(voxels_in_another_file_are_seen),
        cmocka_unit_test(what_makes_no_grid_is_refused),
        cmocka_unit_test(every_encoding_is_read),
        cmocka_unit_test(what_is_written_comes_back),
        cmocka_unit_test(voxels_in_other_files_are_read),
        cmocka_unit_test(components_come_together),
        cmocka_unit_test(broken_voxels_are_refused),
        cmocka_unit_test(headers_end_at_the_empty_line),
        cmocka_unit_test(headers_without_end_are_refused),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
