#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folder.h"
#include "io/nii.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A tilted grid with spacings that single precision cannot hold. */
static struct grid tilted(void)
{
    double a = 0.3;
    struct grid g = {.dims = 3,
                     .size = {7, 5, 3},
                     .spacing_mm = {0.1, 0.7, 3.3},
                     .origin_mm = {-12.3, 45.6, -78.9},
                     .direction = {cos(a), -sin(a), 0, sin(a), cos(a), 0, 0, 0, 1}};
    return g;
}

static void fill(struct volume *v)
{
    unsigned char *p = v->data;
    for (size_t i = 0; i < (size_t)grid_voxels(&v->grid) * pixel_size(v->type); i++)
        p[i] = (unsigned char)(i * 31 % 97);
}

static void round_trip(enum pixel_type type, const char *name)
{
    struct grid g = tilted(), exact;
    struct volume v, back;
    struct err e = {0};
    assert_true(volume_alloc(&v, &g, type, &e));
    fill(&v);
    assert_true(nii_write(in_folder(name), &v, true, &e));
    assert_true(nii_read(in_folder(name), &back, &e));
    assert_int_equal(back.type, type);
    assert_memory_equal(back.data, v.data, (size_t)grid_voxels(&g) * pixel_size(type));
    assert_true(grid_same(&back.grid, &g, 1e-4));
    assert_true(back.grid.spacing_mm[0] == (double)0.1f); /* as every other reader sees it */
    assert_true(nii_exact_grid(in_folder(name), &exact, &e));
    assert_memory_equal(exact.spacing_mm, g.spacing_mm, sizeof g.spacing_mm);
    assert_memory_equal(exact.origin_mm, g.origin_mm, sizeof g.origin_mm);
    assert_memory_equal(exact.direction, g.direction, sizeof g.direction);
    volume_free(&v);
    volume_free(&back);
}

static void every_type_comes_back(void **state)
{
    (void)state;
    for (int type = 0; type < PIXEL_TYPES; type++) {
        round_trip((enum pixel_type)type, "plain.nii");
        round_trip((enum pixel_type)type, "packed.nii.gz");
    }
}

/* As ITK reads them: mapped, packed and rescaled alike. */
static void what_is_not_finite_counts_as_zero(void **state)
{
    (void)state;
    struct grid g = tilted();
    struct volume v, back;
    struct err e = {0};
    for (int type = 0; type < 2; type++) {
        assert_true(volume_alloc(&v, &g, type ? PIXEL_F64 : PIXEL_F32, &e));
        for (int i = 0; i < 105; i++) {
            double value = i == 3 ? NAN : i == 50 ? INFINITY : i == 104 ? -INFINITY : i * 0.25;
            if (type)
                ((double *)v.data)[i] = value;
            else
                ((float *)v.data)[i] = (float)value;
        }
        for (int packed = 0; packed < 2; packed++) {
            const char *name = packed ? "odd.nii.gz" : "odd.nii";
            assert_true(nii_write(in_folder(name), &v, false, &e));
            assert_true(nii_read(in_folder(name), &back, &e));
            for (int i = 0; i < 105; i++)
                assert_true(volume_get(&back, i) == (i == 3 || i == 50 || i == 104 ? 0 : i * 0.25));
            volume_free(&back);
        }
        volume_free(&v);
    }
}

static void an_equal_file_keeps_its_time(void **state)
{
    (void)state;
    struct grid g = tilted();
    struct volume v;
    struct err e = {0};
    assert_true(volume_alloc(&v, &g, PIXEL_U8, &e));
    assert_true(nii_write(in_folder("same.nii.gz"), &v, true, &e));
    struct str touch = {0};
    str_addf(&touch, "touch -d 2001-01-01 '%s'", in_folder("same.nii.gz"));
    assert_int_equal(system(str_text(&touch)), 0);
    assert_true(nii_write(in_folder("same.nii.gz"), &v, true, &e));
    str_free(&touch);
    str_addf(&touch, "test '%s' -ot /", in_folder("same.nii.gz"));
    assert_int_equal(system(str_text(&touch)), 0);
    ((uint8_t *)v.data)[4] = 1;
    assert_true(nii_write(in_folder("same.nii.gz"), &v, true, &e));
    struct volume back;
    assert_true(nii_read(in_folder("same.nii.gz"), &back, &e));
    assert_int_equal(((uint8_t *)back.data)[4], 1);
    volume_free(&back);
    volume_free(&v);
    str_free(&touch);
}

static void copy_prefix(const char *from, const char *to, long bytes)
{
    struct str command = {0};
    str_addf(&command, "head -c %ld '%s/%s' > '%s/%s'", bytes, folder, from, folder, to);
    assert_int_equal(system(str_text(&command)), 0);
    str_free(&command);
}

static void refused(const char *name, const char *words)
{
    struct volume v;
    struct err e = {0};
    assert_false(nii_read(in_folder(name), &v, &e));
    assert_int_equal(e.code, ERR_REFUSED);
    if (!strstr(e.text, words))
        fail_msg("%s: '%s' does not say '%s'", name, e.text, words);
    assert_non_null(strstr(e.text, name));
    assert_null(v.data);
}

static void broken_files_are_refused(void **state)
{
    (void)state;
    round_trip(PIXEL_I16, "whole.nii");
    round_trip(PIXEL_I16, "whole.nii.gz");
    copy_prefix("whole.nii", "empty.nii", 0);
    refused("empty.nii", "not a NIfTI file");
    copy_prefix("whole.nii", "header.nii", 200);
    refused("header.nii", "not a NIfTI file");
    copy_prefix("whole.nii", "short.nii", 400);
    refused("short.nii", "more voxels than the file holds");
    copy_prefix("whole.nii.gz", "short.nii.gz", 300);
    refused("short.nii.gz", "too early");
    refused("absent.nii", "No such file");
}

/* Byte 70: data type; 42: first size; 80: first spacing; 112: slope and intercept. */
static void patch(const char *to, long at, const void *bytes, size_t n)
{
    copy_prefix("whole.nii", to, 1 << 20);
    FILE *f = fopen(in_folder(to), "r+b");
    assert_non_null(f);
    fseek(f, at, SEEK_SET);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
}

/* The bytes of a colour lie side by side; the parts of a vector, volume after volume; and a vector
 * of one slice is flat (all as ITK has it). */
static void colours_and_vectors_have_components(void **state)
{
    (void)state;
    const struct {
        int16_t type, bits, components, slices;
    } kinds[] = {{128, 24, 3, 2}, {2304, 32, 4, 2}, {2, 8, 3, 2}, {2, 8, 3, 1}};
    struct grid g = grid_unit();
    struct err e = {0};
    struct volume v;
    g.size[0] = 4, g.size[1] = 3, g.size[2] = 8;
    assert_true(volume_alloc(&v, &g, PIXEL_U8, &e));
    for (int i = 0; i < 96; i++)
        ((uint8_t *)v.data)[i] = (uint8_t)i;
    assert_true(nii_write(in_folder("whole.nii"), &v, true, &e));
    volume_free(&v);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        bool vector = kinds[k].type == 2;
        const int16_t dim[] = {vector ? 5 : 3, 4, 3, kinds[k].slices, 1, kinds[k].components};
        int16_t head[17] = {0}; /* bytes 40 to 73: sizes .. data type, bits */
        memcpy(head, dim, sizeof dim);
        head[6] = head[7] = 1;
        head[15] = kinds[k].type;
        head[16] = kinds[k].bits;
        patch("colours.nii", 40, head, sizeof head);
        if (!nii_read(in_folder("colours.nii"), &v, &e))
            fail_msg("%s", e.text);
        assert_int_equal(v.channels, kinds[k].components);
        assert_int_equal(v.grid.dims, kinds[k].slices == 1 ? 2 : 3);
        int64_t voxels = grid_voxels(&v.grid);
        assert_int_equal(voxels, 12 * kinds[k].slices);
        for (int i = 0; i < voxels * v.channels; i++) {
            int64_t voxel = i / v.channels, part = i % v.channels;
            assert_int_equal(((uint8_t *)v.data)[i], vector ? part * voxels + voxel : i);
        }
        volume_free(&v);
    }
}

static void odd_headers(void **state)
{
    (void)state;
    round_trip(PIXEL_I16, "whole.nii");
    patch("complex.nii", 70, (const int16_t[]){32}, 2);
    refused("complex.nii", "data type 32");
    patch("huge.nii", 42, (const int16_t[]){32767, 32767, 32767}, 6);
    refused("huge.nii", "more voxels than the file holds");
    patch("flat.nii", 42, (const int16_t[]){0}, 2);
    refused("flat.nii", "");
    patch("spacing.nii", 80, (const float[]){NAN}, 4);
    refused("spacing.nii", "");
    patch("scaled.nii", 112, (const float[]){2, -1024}, 8);
    struct volume v, raw;
    struct err e = {0};
    assert_true(nii_read(in_folder("scaled.nii"), &v, &e));
    assert_true(nii_read(in_folder("whole.nii"), &raw, &e));
    assert_int_equal(v.type, PIXEL_F32);
    for (int64_t i = 0; i < grid_voxels(&v.grid); i++)
        assert_true(volume_get(&v, i) == 2 * volume_get(&raw, i) - 1024);
    volume_free(&v);
    volume_free(&raw);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_type_comes_back),
        cmocka_unit_test(what_is_not_finite_counts_as_zero),
        cmocka_unit_test(an_equal_file_keeps_its_time),
        cmocka_unit_test(broken_files_are_refused),
        cmocka_unit_test(colours_and_vectors_have_components),
        cmocka_unit_test(odd_headers),
    };
    return cmocka_run_group_tests_name("nii", tests, make_folder, remove_folder);
}
