#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "masks/label_names.h"
#include "masks/labels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void caret_labels_are_read(void **state)
{
    (void)state;
    struct label_names l = {0};
    label_names_caret("<?xml?><LabelTable>\n"
                      "<Label Key=\"0\" Red=\"0\"><![CDATA[background]]></Label>\n"
                      "<Label Key=\"5\" Red=\"1\" Alpha=\"1\"><![CDATA[liver <left> ]]></Label>"
                      "<Label Red=\"1\" Key='12'> a &amp; b &lt;c&gt; </Label>"
                      "<Label Red=\"1\">nameless</Label><Label Key=\"x\">y</Label>"
                      "<Label Key=\"7\"></Label></LabelTable>",
                      &l);
    assert_int_equal(l.n, 3);
    assert_string_equal(l.item[0].name, "liver <left>");
    assert_int_equal(l.item[0].value, 5);
    assert_string_equal(l.item[1].name, "a & b <c>");
    assert_int_equal(l.item[1].value, 12);
    assert_string_equal(l.item[2].name, "");
    label_names_free(&l);
}

static void broken_xml_ends_the_list(void **state)
{
    (void)state;
    static const char *const text[] = {"",
                                       "<Label ",
                                       "<Label Key=\"1\"",
                                       "<Label Key=\"1\">open",
                                       "<Label Key=\"99999999999999999999\">big</Label>",
                                       "<Label Key=\"1>x</Label>",
                                       "no labels"};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        struct label_names l = {0};
        label_names_caret(text[i], &l);
        assert_int_equal(l.n, 0);
        label_names_free(&l);
    }
}

static void slicer_segments_are_read(void **state)
{
    (void)state;
    struct label_names l = {0};
    label_names_slicer("NRRD0004\ntype: unsigned char\n"
                       "Segment0_ID:=Segment_1\nSegment0_Name:=Tumour: core\n"
                       "Segment0_LabelValue:=3\nSegment0_Layer:=0\n"
                       "Segment2_LabelValue:=1\r\nSegment2_Layer:=1\r\nSegment2_Name:=Node\r\n"
                       "Segment1_LabelValue:=9\nSegmentation_X:=1\nSegment99999999_Name:=no\n",
                       &l);
    assert_int_equal(l.n, 2);
    assert_string_equal(l.item[0].name, "Tumour: core");
    assert_int_equal(l.item[0].value, 3);
    assert_int_equal(l.item[0].channel, 0);
    assert_string_equal(l.item[1].name, "Node");
    assert_int_equal(l.item[1].value, 1);
    assert_int_equal(l.item[1].channel, 1);
    label_names_free(&l);
}

/* Before layers: each segment is 1 in its own component. */
static void old_slicer_segments_lie_in_components(void **state)
{
    (void)state;
    struct label_names l = {0};
    label_names_slicer("Segment0_Name:=a\nSegment1_Name:=b\n", &l);
    assert_int_equal(l.n, 2);
    assert_int_equal(l.item[1].channel, 1);
    assert_int_equal(l.item[1].value, 1);
    label_names_free(&l);
}

static void values_are_sorted_with_their_boxes(void **state)
{
    (void)state;
    struct volume v;
    struct labels l;
    struct err e = {0};
    struct grid g = grid_unit();
    g.size[0] = 4, g.size[1] = 3, g.size[2] = 2;
    assert_true(volume_alloc(&v, &g, PIXEL_I16, &e));
    int16_t *voxel = v.data;
    voxel[1] = 300, voxel[6] = -2, voxel[22] = 300;
    assert_true(labels_find(&v, &l, &e));
    assert_int_equal(l.n, 2);
    assert_int_equal(l.value[0].value, -2);
    const struct label_value *found = labels_get(&l, 300, 0);
    const struct box expected = {{1, 0, 0}, {2, 3, 2}};
    assert_memory_equal(&found->bounds, &expected, sizeof expected);
    uint8_t cut[12], want[12] = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    labels_cut(&l, found, cut);
    assert_memory_equal(cut, want, sizeof cut);
    assert_true(labels_shrink(&l, &e)); /* two values: all stays */
    labels_cut(&l, found, cut);
    assert_memory_equal(cut, want, sizeof cut);
    assert_null(labels_get(&l, 1, 0));
    assert_null(labels_get(&l, 300, 1));
    labels_free(&l);
    volume_free(&v);
}

static void one_value_keeps_its_box_alone(void **state)
{
    (void)state;
    struct volume v;
    struct labels l;
    struct err e = {0};
    struct grid g = grid_unit();
    g.size[0] = 4, g.size[1] = 3, g.size[2] = 2;
    assert_true(volume_alloc(&v, &g, PIXEL_I16, &e));
    ((int16_t *)v.data)[6] = 255, ((int16_t *)v.data)[23] = 255;
    assert_true(labels_find(&v, &l, &e));
    assert_true(labels_shrink(&l, &e));
    assert_int_equal(box_voxels(&l.held), 2 * 2 * 2);
    uint8_t cut[8], want[8] = {1, 0, 0, 0, 0, 0, 0, 1};
    labels_cut(&l, labels_get(&l, 255, 0), cut);
    assert_int_equal(l.value->bounds.lo[0], 2);
    assert_memory_equal(cut, want, sizeof cut);
    labels_free(&l);
}

static void only_whole_numbers_are_labels(void **state)
{
    (void)state;
    struct volume v;
    struct labels l;
    struct err e = {0};
    struct grid g = grid_unit();
    assert_true(volume_alloc(&v, &g, PIXEL_F32, &e));
    ((float *)v.data)[0] = 0.5f;
    assert_false(labels_find(&v, &l, &e));
    assert_int_equal(e.code, ERR_REFUSED);
    assert_true(volume_alloc(&v, &g, PIXEL_F32, &e));
    ((float *)v.data)[0] = 2;
    assert_true(labels_find(&v, &l, &e));
    assert_int_equal(l.value[0].value, 2);
    labels_free(&l);
    volume_free(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(caret_labels_are_read),
        cmocka_unit_test(broken_xml_ends_the_list),
        cmocka_unit_test(slicer_segments_are_read),
        cmocka_unit_test(old_slicer_segments_lie_in_components),
        cmocka_unit_test(values_are_sorted_with_their_boxes),
        cmocka_unit_test(one_value_keeps_its_box_alone),
        cmocka_unit_test(only_whole_numbers_are_labels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
