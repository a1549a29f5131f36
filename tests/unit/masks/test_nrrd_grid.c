/* Grids by the text headers of NRRD files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "masks/nrrd_grid.h"

#define HEAD "NRRD0004\ntype: unsigned char\n"

static struct grid read(const char *header)
{
    struct grid g;
    struct err e = {0};
    assert_true(nrrd_grid(header, &g, &e));
    return g;
}

static void three_axes_in_every_space(void **state)
{
    (void)state;
    struct grid lps =
        read(HEAD "space: left-posterior-superior\nsizes: 4 3 2\nspace directions: (1,0,0) (0,2,0) "
                  "(0,0,3)\nspace origin: (-5,-6,7.5)\n");
    struct grid ras =
        read(HEAD "space: RAS \t\r\nsizes: 4 3 2\r\nspace directions: (-1,0,0) (0,-2,0) "
                  "(0,0,3)\r\nspace origin: (5,6,7.5)\r\n");
    struct grid las =
        read(HEAD "space: left-anterior-superior\nspace origin: ( -5 , 6 , 7.5 )\nsizes: 4 3 2\n"
                  "space directions:  (1, 0, 0)  (0,-2,0) (0,0,3) \n");
    assert_int_equal(lps.size[0] * 100 + lps.size[1] * 10 + lps.size[2], 432);
    assert_true(lps.spacing_mm[1] == 2 && lps.origin_mm[2] == 7.5 && lps.direction[4] == 1);
    assert_true(grid_same(&lps, &ras, 0) && grid_same(&lps, &las, 0));
}

static void layers_are_no_axis_of_space(void **state)
{
    (void)state;
    struct grid g =
        read(HEAD "dimension: 4\nspace: LPS\nsizes: 2 4 3 2\nkinds: list domain domain domain\n"
                  "space directions: none (0.6,0.8,0) (-1.6,1.2,0) (0,0,-3)\n"
                  "space origin: (1e1,0,0)\nSegment0_Name:=space: RAS\n");
    assert_int_equal(g.size[0] * 100 + g.size[1] * 10 + g.size[2], 432);
    assert_true(g.spacing_mm[1] == 2 && g.direction[0] == 0.6 && g.direction[8] == -1);
    assert_true(g.origin_mm[0] == 10);
}

static void voxels_in_another_file_are_seen(void **state)
{
    (void)state;
    assert_true(nrrd_is_detached("NRRD0004\nencoding: raw\ndata file: ./x.raw\n"));
    assert_true(nrrd_is_detached("NRRD0001\r\ndatafile:x.raw\r\n"));
    assert_false(nrrd_is_detached("NRRD0004\ndata file:=x\n# data file: x\nSegment0_Name:=y\n"));
}

static void what_makes_no_grid_is_refused(void **state)
{
    (void)state;
    static const char *const text[] = {
        "",
        HEAD,
        "space: scanner-xyz\nsizes: 4 3 2\nspace directions: (1,0,0) (0,2,0) (0,0,3)\nspace "
        "origin: "
        "(0,0,0)\n",
        "space: LPS\nsizes: 4 3 2\nspace directions: (1,0,0) (0,2,0)\nspace origin: (0,0,0)\n",
        "space: LPS\nsizes: 4 3\nspace directions: (1,0,0) (0,2,0) (0,0,3)\nspace origin: "
        "(0,0,0)\n",
        "space: LPS\nsizes: 4 3 0\nspace directions: (1,0,0) (0,2,0) (0,0,3)\nspace origin: "
        "(0,0,0)\n",
        "space: LPS\nsizes: 4 3 2\nspace directions: (1,0,0) (0,2,0) (1,2,0)\nspace origin: "
        "(0,0,0)\n",
        "space: LPS\nsizes: 4 3 2\nspace directions: (1,0,0) (0,2,0) (0,0,nan)\nspace origin: "
        "(0,0,0)\n",
        "space: LPS\nsizes: 4 3 2\nspace directions: (1,0,0) (0,2,0) (0,0,3)\nspace origin: (0,0\n",
        "space: LPS\nsizes: 4 3 2\nspace directions: (1,0,0) (0,2,0) (0,0,3)\n",
        "space: LPS\nsizes: 4 3 2 1 1\nspace directions: (1,0,0) (0,2,0) (0,0,3) none none\nspace "
        "origin: (0,0,0)\n",
        "space: LPS\nsizes: 4 3 2147483648\nspace directions: (1,0,0) (0,2,0) (0,0,3)\nspace "
        "origin: (0,0,0)\n",
        "space: LPS\nsizes: 9223372036854775808 3 2\nspace directions: (1,0,0) (0,2,0) "
        "(0,0,3)\nspace origin: (0,0,0)\n",
        "space: LPS\nsizes: -4 3 2\nspace directions: (1,0,0) (0,2,0) (0,0,3)\nspace origin: "
        "(0,0,0)\n",
        "space: LPS\nsizes: 4 3 2\nspace directions: (1e200,0,0) (0,2,0) (0,0,3)\nspace origin: "
        "(0,0,0)\n",
        "space: LPS\nsizes: 4 3 2\nspace directions: (1,0,0) (0,2,0) (0,0,3)\nspace origin: "
        "(0,0,1e999)\n",
        "space:=LPS\nsizes: 4 3 2\nspace directions: (1,0,0) (0,2,0) (0,0,3)\nspace origin: "
        "(0,0,0)\n",
        "space: LPS\nsizes: 4 3 2\nspace directions: (1 (0,2,0) (0,0,3)\nspace origin: (",
    };
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        struct grid g;
        struct err e = {0};
        assert_false(nrrd_grid(text[i], &g, &e));
        assert_int_equal(e.code, ERR_REFUSED);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_axes_in_every_space),
        cmocka_unit_test(layers_are_no_axis_of_space),
        cmocka_unit_test(voxels_in_another_file_are_seen),
        cmocka_unit_test(what_makes_no_grid_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
