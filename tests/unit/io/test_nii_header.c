/* NIfTI headers of other programs: units, scalings, forms, pairs. Expected values are ITK 5.4's for
 * the same headers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folder.h"
#include "io/nii.h"

#include <math.h>
#include <nifti1.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NX = 3, NY = 4, NZ = 5, VOXELS = NX * NY * NZ };

/* int16 voxels 0, 1, 2, ..., no form, millimetres. */
static nifti_1_header plain(void)
{
    nifti_1_header h = {
        .sizeof_hdr = 348,
        .dim = {3, NX, NY, NZ, 1, 1, 1, 1},
        .datatype = DT_INT16,
        .bitpix = 16,
        .pixdim = {1, 1, 1.5f, 2, 1, 1, 1, 1},
        .vox_offset = 352,
        .xyzt_units = NIFTI_UNITS_MM,
        .magic = "n+1",
    };
    return h;
}

static void write_file(const char *name, const void *head, size_t bytes, size_t gap, size_t voxels)
{
    FILE *f = fopen(in_folder(name), "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(head, 1, bytes, f), bytes);
    while (gap--)
        fputc(0, f);
    for (size_t i = 0; i < voxels; i++) {
        int16_t v = (int16_t)i;
        fwrite(&v, sizeof v, 1, f);
    }
    assert_int_equal(fclose(f), 0);
}

static struct volume read_back(const nifti_1_header *h)
{
    struct volume v;
    struct err e = {0};
    write_file("x.nii", h, sizeof *h, 4, VOXELS);
    if (!nii_read(in_folder("x.nii"), &v, &e))
        fail_msg("%s", e.text);
    return v;
}

static void refused(const nifti_1_header *h, size_t voxels, const char *words)
{
    struct volume v;
    struct err e = {0};
    write_file("x.nii", h, sizeof *h, 4, voxels);
    assert_true(nii_recognise(in_folder("x.nii")));
    assert_false(nii_read(in_folder("x.nii"), &v, &e));
    assert_int_equal(e.code, ERR_REFUSED);
    if (!strstr(e.text, words))
        fail_msg("'%s' does not say '%s'", e.text, words);
}

static void units_are_turned_into_millimetres(void **state)
{
    (void)state;
    nifti_1_header h = plain();
    h.xyzt_units = NIFTI_UNITS_MICRON | NIFTI_UNITS_SEC;
    h.pixdim[1] = 1000, h.pixdim[2] = 1100, h.pixdim[3] = 2000;
    h.sform_code = 1;
    h.srow_x[0] = 1000, h.srow_y[1] = 1100, h.srow_z[2] = 2000;
    h.srow_x[3] = 300, h.srow_y[3] = 400, h.srow_z[3] = 500;
    struct volume v = read_back(&h);
    assert_true(v.grid.spacing_mm[0] == 1 && v.grid.spacing_mm[1] == 1.1);
    assert_true(v.grid.origin_mm[0] == -0.3 && v.grid.origin_mm[1] == -0.4);
    assert_true(v.grid.origin_mm[2] == 0.5 && v.grid.direction[8] == 1);
    volume_free(&v);
    h = plain();
    h.xyzt_units = NIFTI_UNITS_METER;
    h.pixdim[1] = 0.001f;
    v = read_back(&h);
    assert_true(v.grid.spacing_mm[0] == (double)0.001f * 1000 && v.grid.spacing_mm[1] == 1500);
    volume_free(&v);
}

static void a_negative_spacing_turns_its_axis(void **state)
{
    (void)state;
    nifti_1_header h = plain();
    h.pixdim[2] = -1.5f, h.pixdim[3] = -2;
    struct volume v = read_back(&h);
    assert_true(v.grid.spacing_mm[1] == 1.5 && v.grid.spacing_mm[2] == 2);
    assert_true(v.grid.direction[0] == 1 && v.grid.direction[4] == -1);
    assert_true(v.grid.direction[8] == -1);
    volume_free(&v);
    h = plain();
    h.pixdim[1] = -1;
    h.qform_code = 1;
    h.qoffset_x = 3;
    v = read_back(&h);
    assert_true(v.grid.direction[0] == 1 && v.grid.direction[4] == -1);
    assert_true(v.grid.origin_mm[0] == -3);
    volume_free(&v);
}

static void scaled_to(float slope, float intercept, double a, double b)
{
    nifti_1_header h = plain();
    h.scl_slope = slope;
    h.scl_inter = intercept;
    struct volume v = read_back(&h);
    for (int64_t i = 0; i < VOXELS; i++)
        assert_true(volume_get(&v, i) == a * (double)i + b);
    assert_int_equal(v.type, a == 1 && b == 0 ? PIXEL_I16 : PIXEL_F32);
    volume_free(&v);
}

static void scalings_that_are_none_count_apart(void **state)
{
    (void)state;
    scaled_to(0, 0, 1, 0);
    scaled_to(0x1p-53f, 0, 1, 0);
    scaled_to(-0x1p-60f, 3, 1, 3);
    scaled_to(0x1p-51f, 0, 0x1p-51, 0);
    scaled_to(0, -5, 1, -5);
    scaled_to(NAN, -5, 1, -5);
    scaled_to(INFINITY, -5, 1, -5);
    scaled_to(2, INFINITY, 2, 0);
    scaled_to(2, NAN, 2, 0);
}

static void what_no_image_holds_is_refused(void **state)
{
    (void)state;
    nifti_1_header h = plain();
    h.sform_code = 1;
    h.srow_x[0] = 1, h.srow_x[1] = 0.3f, h.srow_y[1] = 1.5f, h.srow_z[2] = 2;
    refused(&h, VOXELS, "not perpendicular");
    h = plain();
    h.dim[0] = 4, h.dim[4] = 2;
    refused(&h, 2 * VOXELS, "4 dimensions");
    h = plain();
    h.datatype = DT_COMPLEX64;
    refused(&h, 4 * VOXELS, "data type 32");
    h = plain();
    h.pixdim[3] = 0;
    refused(&h, VOXELS, "voxel spacing 0 along axis 3");
    h.dim[3] = 1; /* of one slice nobody needs the thickness */
    struct volume v = read_back(&h);
    assert_true(v.grid.spacing_mm[2] == 1);
    volume_free(&v);
}

static void same_pair(const char *name, double third)
{
    struct volume v;
    struct err e = {0};
    assert_true(nii_recognise(in_folder(name)));
    if (!nii_read(in_folder(name), &v, &e))
        fail_msg("%s", e.text);
    assert_true(v.grid.origin_mm[0] == third && v.grid.spacing_mm[1] == 1.5);
    for (int64_t i = 0; i < VOXELS; i++)
        assert_true(volume_get(&v, i) == (double)i);
    volume_free(&v);
}

static void compress_file(const char *name)
{
    struct str command = {0};
    str_addf(&command, "gzip -f '%s'", in_folder(name));
    assert_int_equal(system(str_text(&command)), 0);
    str_free(&command);
}

static void pairs_are_read_by_either_name(void **state)
{
    (void)state;
    nifti_1_header h = plain();
    memcpy(h.magic, "ni1", 4);
    h.vox_offset = 16;
    h.qform_code = 1;
    h.qoffset_x = 3;
    write_file("p.hdr", &h, sizeof h, 0, 0);
    write_file("p.img", "", 0, 16, VOXELS);
    same_pair("p.hdr", -3);
    same_pair("p.img", -3);
    compress_file("p.img");
    same_pair("p.hdr", -3);
    same_pair("p.img.gz", -3);
    struct volume v;
    struct err e = {0};
    assert_int_equal(unlink(in_folder("p.img.gz")), 0);
    assert_false(nii_read(in_folder("p.hdr"), &v, &e));
    assert_int_equal(e.code, ERR_REFUSED);
    assert_non_null(strstr(e.text, "not beside it"));
}

static void analyze_has_no_orientation(void **state)
{
    (void)state;
    nifti_1_header h = plain();
    memset(h.magic, 0, 4);
    h.vox_offset = 0;
    h.qform_code = 3; /* ANALYZE keeps its own orientation there: ITK ignores it */
    write_file("a.hdr", &h, sizeof h, 0, 0);
    write_file("a.img", "", 0, 0, VOXELS);
    same_pair("a.img", 0);
    write_file("a.nii", &h, sizeof h, 0, VOXELS);
    assert_false(nii_recognise(in_folder("a.nii")));
}

/* The checksum behind the last voxel is looked at. */
static void a_wrong_checksum_is_refused(void **state)
{
    (void)state;
    nifti_1_header h = plain();
    struct volume v;
    struct err e = {0};
    write_file("c.nii", &h, sizeof h, 4, VOXELS);
    compress_file("c.nii");
    FILE *f = fopen(in_folder("c.nii.gz"), "r+b");
    assert_non_null(f);
    fseek(f, -8, SEEK_END);
    int byte = fgetc(f);
    fseek(f, -8, SEEK_END);
    fputc(byte ^ 1, f);
    fclose(f);
    assert_false(nii_read(in_folder("c.nii.gz"), &v, &e));
    assert_int_equal(e.code, ERR_REFUSED);
    assert_non_null(strstr(e.text, "broken"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(units_are_turned_into_millimetres),
        cmocka_unit_test(a_negative_spacing_turns_its_axis),
        cmocka_unit_test(scalings_that_are_none_count_apart),
        cmocka_unit_test(what_no_image_holds_is_refused),
        cmocka_unit_test(pairs_are_read_by_either_name),
        cmocka_unit_test(analyze_has_no_orientation),
        cmocka_unit_test(a_wrong_checksum_is_refused),
    };
    return cmocka_run_group_tests_name("nii_header", tests, make_folder, remove_folder);
}
