/* TIFF through the plugin: files written here, byte by byte, as the standard has them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "shim/foreign.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WIDTH = 5, HEIGHT = 3, PAGE = WIDTH * HEIGHT };

struct kind {
    int bits, format, samples, photometric, orientation, pages, unit;
    bool big;
    enum { NO_PALETTE, GREY, COLOURS, NARROW } palette;
};

/* Numbers in the file's byte order. */
static void put(FILE *f, const struct kind *k, uint64_t value, int bytes)
{
    for (int i = 0; i < bytes; i++)
        fputc((int)(value >> 8 * (k->big ? bytes - 1 - i : i) & 255), f);
}

static void entry(FILE *f, const struct kind *k, int tag, int type, uint32_t count, uint32_t value)
{
    put(f, k, (uint64_t)tag, 2);
    put(f, k, (uint64_t)type, 2);
    put(f, k, count, 4);
    const bool is_short = type == 3 && count == 1; /* several stand elsewhere */
    put(f, k, value, is_short ? 2 : 4);
    if (is_short)
        put(f, k, 0, 2);
}

/* 0, 1, 2, .. as the kind's numbers: voxel n of the file. */
static void number(FILE *f, const struct kind *k, int n)
{
    float single = (float)n;
    double wide = n;
    uint64_t bits = (uint64_t)n;
    if (k->format == 3 && k->bits == 32) {
        uint32_t word;
        memcpy(&word, &single, 4);
        bits = word;
    } else if (k->format == 3) {
        memcpy(&bits, &wide, 8);
    }
    put(f, k, bits, k->bits / 8);
}

enum { ENTRIES = 14, DIRECTORY = 2 + 12 * ENTRIES + 4 + 16, MAP = 256 };

/* What the palette has for a number, of red, green or blue. */
static int colour_of(const struct kind *k, int channel, int n)
{
    return k->palette == NARROW ? n : k->palette == GREY ? 256 * n : 256 * n + 10 * channel;
}

static void put_palette(FILE *f, const struct kind *k)
{
    for (int channel = 0; k->palette && channel < 3; channel++)
        for (int n = 0; n < MAP; n++)
            put(f, k, (uint64_t)colour_of(k, channel, n), 2);
}

/* Pages of a directory, a resolution of 4 and of 8 a unit, one strip, and the palette. */
static const char *write_tiff(const struct kind *k)
{
    static char path[64];
    snprintf(path, sizeof path, "/tmp/radmill-tiff-%d.tif", (int)getpid());
    uint32_t strip = (uint32_t)(PAGE * k->samples * k->bits / 8), at = 8;
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    fputs(k->big ? "MM" : "II", f);
    put(f, k, 42, 2);
    put(f, k, at, 4);
    for (int p = 0; p < k->pages; p++) {
        const uint32_t entries = ENTRIES + (k->palette != NO_PALETTE);
        uint32_t rest = at + 2 + 12 * entries + 4, data = rest + 16;
        put(f, k, entries, 2);
        entry(f, k, 256, 4, 1, WIDTH);
        entry(f, k, 257, 4, 1, HEIGHT);
        entry(f, k, 258, 3, 1, (uint32_t)k->bits);
        entry(f, k, 259, 3, 1, 1);
        entry(f, k, 262, 3, 1, (uint32_t)k->photometric);
        entry(f, k, 273, 4, 1, data);
        entry(f, k, 274, 3, 1, (uint32_t)k->orientation);
        entry(f, k, 277, 3, 1, (uint32_t)k->samples);
        entry(f, k, 278, 4, 1, HEIGHT);
        entry(f, k, 279, 4, 1, strip);
        entry(f, k, 282, 5, 1, rest);
        entry(f, k, 283, 5, 1, rest + 8);
        entry(f, k, 296, 3, 1, (uint32_t)k->unit);
        if (k->palette)
            entry(f, k, 320, 3, 3 * MAP, data + strip);
        entry(f, k, 339, 3, 1, (uint32_t)k->format);
        at = data + strip + (k->palette ? 6 * MAP : 0);
        put(f, k, p + 1 < k->pages ? at : 0, 4);
        for (int i = 0; i < 2; i++) {
            put(f, k, i ? 8 : 4, 4);
            put(f, k, 1, 4);
        }
        for (int n = 0; n < PAGE * k->samples; n++)
            number(f, k, p * PAGE * k->samples + n);
        put_palette(f, k);
    }
    assert_int_equal(fclose(f), 0);
    return path;
}

static bool read_tiff(const struct kind *k, struct volume *v, struct err *e)
{
    *e = (struct err){0};
    bool ok = foreign_volume_read(write_tiff(k), v, e);
    if (!ok && strstr(e->text, "is not installed"))
        skip(); /* a build without the plugin */
    return ok;
}

static void every_number_is_read(void **state)
{
    (void)state;
    static const struct {
        int bits, format;
        enum pixel_type type;
    } types[] = {{8, 1, PIXEL_U8},   {8, 2, PIXEL_I8},   {16, 1, PIXEL_U16}, {16, 2, PIXEL_I16},
                 {32, 1, PIXEL_U32}, {32, 2, PIXEL_I32}, {32, 3, PIXEL_F32}};
    struct volume v;
    struct err e;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        for (int form = 0; form < 8; form++) {
            struct kind k = {types[i].bits,
                             types[i].format,
                             form & 1 ? 3 : 1,
                             form & 1 ? 2 : 1,
                             1,
                             form & 2 ? 2 : 1,
                             3,
                             form & 4};
            if (!read_tiff(&k, &v, &e))
                fail_msg("%s", e.text);
            assert_int_equal(v.type, types[i].type);
            assert_int_equal(v.channels, k.samples);
            assert_int_equal(v.grid.dims, k.pages > 1 ? 3 : 2);
            assert_int_equal(v.grid.size[2], k.pages);
            assert_true(v.grid.spacing_mm[0] == 2.5 && v.grid.spacing_mm[1] == 1.25);
            for (int n = 0; n < PAGE * k.pages * k.samples; n++)
                assert_true(volume_get(&v, n) == n);
            volume_free(&v);
        }
}

static void lengths_have_units_and_rows_a_direction(void **state)
{
    (void)state;
    struct volume v;
    struct err e;
    struct kind k = {32, 2, 1, 1, 4, 1, 2, false}; /* rows from below, inches */
    assert_true(read_tiff(&k, &v, &e));
    assert_true(v.grid.spacing_mm[0] == 6.35 && v.grid.spacing_mm[1] == 3.175);
    assert_true(volume_get(&v, 0) == 10 && volume_get(&v, PAGE - 1) == 4);
    volume_free(&v);
    k.unit = 1; /* none */
    k.photometric = 0;
    assert_true(read_tiff(&k, &v, &e));
    assert_true(v.grid.spacing_mm[0] == 1 && volume_get(&v, 0) == 10);
    volume_free(&v);
}

/* As ITK 5.4: numbers of 16 bits, three where the palette has colours, one where it is grey. */
static void a_palette_gives_its_colours(void **state)
{
    (void)state;
    struct volume v;
    struct err e;
    for (int form = 0; form < 8; form++) {
        struct kind k = {8, 1, 1, 3, 1, form & 1 ? 2 : 1, 3, form & 2};
        k.palette = form & 4 ? COLOURS : GREY;
        if (!read_tiff(&k, &v, &e))
            fail_msg("%s", e.text);
        assert_int_equal(v.type, PIXEL_U16);
        assert_int_equal(v.channels, k.palette == GREY ? 1 : 3);
        assert_int_equal(v.grid.size[2], k.pages);
        for (int n = 0; n < PAGE * k.pages; n++)
            for (int c = 0; c < v.channels; c++)
                assert_int_equal(((uint16_t *)v.data)[n * v.channels + c], colour_of(&k, c, n));
        volume_free(&v);
    }
    struct kind narrow = {8, 1, 1, 3, 1, 1, 3, false, NARROW}, none = {8, 1, 1, 3, 1, 1, 3, false};
    assert_false(read_tiff(&narrow, &v, &e));
    assert_non_null(strstr(e.text, "a palette of 8-bit colours"));
    assert_int_equal(e.code, ERR_REFUSED);
    assert_true(read_tiff(&none, &v, &e)); /* libtiff takes it for shades of grey, as in ITK */
    assert_true(v.type == PIXEL_U8 && v.channels == 1 && volume_get(&v, PAGE - 1) == PAGE - 1);
    volume_free(&v);
}

static void the_rest_is_refused_with_the_reason(void **state)
{
    (void)state;
    static const struct {
        struct kind kind;
        const char *says;
    } refused[] = {{{64, 3, 1, 1, 1, 1, 3, false}, "64-bit floating-point"},
                   {{64, 1, 1, 1, 1, 1, 3, false}, "64-bit unsigned"},
                   {{16, 3, 1, 1, 1, 1, 3, false}, "16-bit floating-point"},
                   {{32, 2, 2, 1, 1, 1, 3, false}, "two numbers a pixel"},
                   {{32, 2, 1, 1, 2, 1, 3, false}, "32-bit numbers in rows that run otherwise"}};
    struct volume v;
    struct err e;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        assert_false(read_tiff(&refused[i].kind, &v, &e));
        assert_int_equal(e.code, ERR_REFUSED);
        if (!strstr(e.text, refused[i].says))
            fail_msg("%s", e.text);
    }
    struct kind whole = {32, 2, 1, 1, 1, 2, 3, false};
    const char *path = write_tiff(&whole);
    assert_int_equal(truncate(path, 8 + 2 * (DIRECTORY + 4 * PAGE) - 5), 0);
    assert_false(foreign_volume_read(path, &v, &e));
    assert_int_equal(e.code, ERR_REFUSED);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_number_is_read),
        cmocka_unit_test(lengths_have_units_and_rows_a_direction),
        cmocka_unit_test(a_palette_gives_its_colours),
        cmocka_unit_test(the_rest_is_refused_with_the_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
