#include "report/alone.h"

#include "base/mem.h"
#include "io/atomic.h"
#include "io/volume_file.h"
#include "report/course_page.h"
#include "report/pictures.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* RFC 4648. */
static void add_base64(struct str *out, const struct str *bytes)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *at = (const unsigned char *)bytes->text;
    for (size_t i = 0; i < bytes->len; i += 3) {
        size_t left = bytes->len - i;
        uint32_t word = (uint32_t)at[i] << 16 | (left > 1 ? (uint32_t)at[i + 1] << 8 : 0) |
                        (left > 2 ? at[i + 2] : 0);
        for (size_t k = 0; k < 4; k++)
            str_add_char(out, k <= left ? digit[word >> (18 - 6 * k) & 63] : '=');
    }
}

struct alone {
    struct str *picture; /* by region, as base64 */
};

static bool into_page(void *whereto, size_t region, const struct str *png, struct err *e)
{
    struct alone *a = whereto;
    (void)e;
    add_base64(&a->picture[region], png);
    return true;
}

/* "gtv" of "masks/Manual/gtv.nii.gz" (free()). */
static char *name_of(const char *path)
{
    static const char *const endings[] = {".nii.gz", ".nii", ".seg.nrrd", ".nrrd", ".mha", ".mhd"};
    char *name = mem_strdup(path_base(path));
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
        if (str_ends_with(name, endings[i])) {
            name[strlen(name) - strlen(endings[i])] = '\0';
            break;
        }
    return name;
}

/* The folder's name when it is one of the pipeline's sources, else "mask" (free()). */
static char *source_of(const char *path)
{
    char *folder = path_dir(path);
    const char *name = path_base(folder);
    char *source = mem_strdup(sheet_kind_of(name) == SHEET_OTHER ? "mask" : name);
    free(folder);
    return source;
}

static const char *guess_modality(const struct volume *image)
{
    int64_t n = grid_voxels(&image->grid);
    for (int64_t i = 0; i < n; i++)
        if (volume_get(image, i) < -500)
            return "CT";
    return "";
}

struct region_texts {
    char *name, *source, roi_id[24];
};

static bool draw(const struct volume *image, const char *modality, const char *title,
                 struct sheet_region *region, const struct region_texts *text, size_t n,
                 struct html *page, struct err *e)
{
    struct alone a = {.picture = mem_must(calloc(n + 1, sizeof *a.picture))};
    struct told_region *told = mem_must(calloc(n + 1, sizeof *told));
    const char **roi_id = mem_must(calloc(n + 1, sizeof *roi_id));
    for (size_t i = 0; i < n; i++)
        roi_id[i] = text[i].roi_id;
    json_t *facts = pictures_draw(image, modality, region, roi_id, n, into_page, &a, e);
    size_t next = 0;
    for (size_t i = 0; facts && i < n; i++) {
        json_t *fact = region[i].mask.n_voxels
                           ? json_array_get(json_object_get(facts, "regions"), next++)
                           : NULL;
        if (fact)
            json_object_set_new(fact, "picture", json_string(str_text(&a.picture[i])));
        told[i] = (struct told_region){text[i].source,
                                       text[i].roi_id,
                                       text[i].name,
                                       "",
                                       "",
                                       fact ? "" : "no voxel has the label 1",
                                       fact};
    }
    const struct told_course course = {title, modality, NULL, "", facts, told, n};
    if (facts)
        course_page(&course, page);
    for (size_t i = 0; i < n; i++)
        str_free(&a.picture[i]);
    free(a.picture);
    free(told);
    free(roi_id);
    json_decref(facts);
    return facts != NULL;
}

bool report_alone(const char *image_path, const char *const *masks, size_t n, const char *modality,
                  const char *out, struct err *e)
{
    struct volume image = {0};
    struct html page = {{0}};
    if (!volume_file_read(image_path, &image, e))
        return false;
    struct sheet_region *region = mem_must(calloc(n + 1, sizeof *region));
    struct region_texts *text = mem_must(calloc(n + 1, sizeof *text));
    bool ok = image.channels == 1 ||
              err_set(e, ERR_REFUSED, "%s: more than one value a voxel", image_path);
    for (size_t i = 0; ok && i < n; i++) {
        text[i].name = name_of(masks[i]);
        region[i].source = text[i].source = source_of(masks[i]);
        snprintf(text[i].roi_id, sizeof text[i].roi_id, "%zu", i + 1);
        ok = pictures_read_mask(masks[i], &image.grid, &region[i].mask, e);
    }
    modality = modality && *modality ? modality : ok ? guess_modality(&image) : "";
    ok = ok && draw(&image, modality, path_base(image_path), region, text, n, &page, e) &&
         out_write(out, page.out.text, page.out.len, true, e);
    for (size_t i = 0; i < n; i++) {
        label_mask_free(&region[i].mask);
        free(text[i].name);
        free(text[i].source);
    }
    free(region);
    free(text);
    str_free(&page.out);
    volume_free(&image);
    return ok;
}
