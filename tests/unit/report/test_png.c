/* A PNG file read back: its chunks, their checksums, and every pixel. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "report/png.h"

static size_t number(const unsigned char *at)
{
    return (size_t)at[0] << 24 | (size_t)at[1] << 16 | (size_t)at[2] << 8 | at[3];
}

/* The next chunk of that kind, at *at, which moves behind it. */
static const unsigned char *chunk(const unsigned char **at, const char *kind, size_t *n)
{
    const unsigned char *data = *at + 8;
    *n = number(*at);
    assert_memory_equal(*at + 4, kind, 4);
    assert_int_equal(number(data + *n), crc32(0, *at + 4, (uInt)(*n + 4)));
    *at = data + *n + 4;
    return data;
}

static void undo_filter(const struct picture *p, const unsigned char *rows, uint8_t *index)
{
    const size_t width = (size_t)p->width;
    for (size_t y = 0; y < (size_t)p->height; y++, rows += width + 1) {
        assert_int_equal(rows[0], 2);
        for (size_t x = 0; x < width; x++)
            index[y * width + x] = (uint8_t)(rows[1 + x] + (y ? index[(y - 1) * width + x] : 0));
    }
}

static void comes_back(const struct picture *p)
{
    struct str file = {0};
    struct err e = {0};
    size_t n, pixels = (size_t)p->width * (size_t)p->height;
    uLongf plain = (uLongf)(pixels + (size_t)p->height);
    unsigned char *rows = malloc(plain);
    uint8_t *index = malloc(pixels);
    assert_true(png_encode(p, &file, &e));
    const unsigned char *at = (const unsigned char *)file.text + 8, *data;
    assert_memory_equal(file.text, "\x89PNG\r\n\x1a\n", 8);
    data = chunk(&at, "IHDR", &n);
    assert_int_equal(n, 13);
    assert_int_equal(number(data), p->width);
    assert_int_equal(number(data + 4), p->height);
    assert_memory_equal(data + 8, "\x08\x03\0\0\0", 5);
    data = chunk(&at, "PLTE", &n);
    assert_int_equal(n, sizeof p->palette);
    assert_memory_equal(data, p->palette, n);
    data = chunk(&at, "IDAT", &n);
    assert_int_equal(uncompress(rows, &plain, data, (uLong)n), Z_OK);
    assert_int_equal(plain, pixels + (size_t)p->height);
    chunk(&at, "IEND", &n);
    assert_int_equal(n, 0);
    assert_ptr_equal(at, file.text + file.len);
    undo_filter(p, rows, index);
    assert_memory_equal(index, p->index, pixels);
    free(rows);
    free(index);
    str_free(&file);
}

static void every_pixel_comes_back(void **state)
{
    (void)state;
    static const int size[][2] = {{1, 1}, {7, 3}, {1, 300}, {300, 1}, {864, 288}};
    uint32_t noise = 1;
    for (size_t i = 0; i < sizeof size / sizeof size[0]; i++)
        for (int kind = 0; kind < 3; kind++) { /* one value, a ramp, noise */
            struct picture p = {.width = size[i][0], .height = size[i][1]};
            size_t pixels = (size_t)p.width * (size_t)p.height;
            p.index = malloc(pixels);
            for (size_t k = 0; k < pixels; k++) {
                noise = noise * 1664525 + 1013904223;
                p.index[k] = (uint8_t)(kind == 0 ? 17 : kind == 1 ? k / 3 : noise >> 24);
            }
            for (int k = 0; k < 256; k++)
                p.palette[k][k % 3] = (uint8_t)k;
            comes_back(&p);
            free(p.index);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_pixel_comes_back)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
