/* Features of a ball in memory, with libradmill.
 *
 *     cc features.c $(pkg-config --cflags --libs radmill) -lm -o features && ./features
 *     ./features COURSE_FOLDER OUTDIR [RECIPE]     the radiomics of one course folder
 */
#include <radmill.h>

#include <math.h>
#include <stdio.h>

enum { SIDE = 32 };

static void fill(int16_t *image, uint8_t *mask)
{
    for (int z = 0; z < SIDE; z++) {
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                int at = (z * SIDE + y) * SIDE + x;
                double dx = x - 15.5, dy = y - 15.5, dz = z - 15.5;
                image[at] = (int16_t)(100 * sin(0.5 * x) * cos(0.4 * y) + 5 * z);
                mask[at] = dx * dx + dy * dy + dz * dz <= 100;
            }
        }
    }
}

static int in_memory(void)
{
    static int16_t image_voxels[SIDE * SIDE * SIDE];
    static uint8_t mask_voxels[SIDE * SIDE * SIDE];
    fill(image_voxels, mask_voxels);
    struct radmill_image image = {.size = {SIDE, SIDE, SIDE},
                                  .spacing_mm = {1, 1, 1},
                                  .direction = {1, 0, 0, 0, 1, 0, 0, 0, 1},
                                  .pixel = RADMILL_I16,
                                  .voxels = image_voxels};
    struct radmill_image mask = image;
    mask.pixel = RADMILL_U8;
    mask.voxels = mask_voxels;

    struct radmill_features *features;
    struct radmill_error why;
    if (!radmill_extract(&image, &mask, NULL, 1, &features, &why)) {
        fprintf(stderr, "features: %s\n", why.text);
        return why.code;
    }
    printf("radmill %s, %zu features\n", radmill_version(), radmill_count(features));
    for (size_t i = 0; i < radmill_count(features); i++)
        printf("%-60s %.9g\n", radmill_name(features, i), radmill_value(features, i));
    radmill_features_free(features);
    return 0;
}

static int one_course(const char *folder, const char *output_root, const char *recipe)
{
    const struct radmill_config config = {.output_root = output_root, .enable_parallel = true};
    struct radmill_error why;
    if (radmill_course(&config, folder, recipe, &why))
        return 0;
    fprintf(stderr, "features: %s\n", why.text);
    return why.code;
}

int main(int argc, char **argv)
{
    if (argc > 2)
        return one_course(argv[1], argv[2], argc > 3 ? argv[3] : NULL);
    return in_memory();
}
