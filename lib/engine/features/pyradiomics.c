/* The names and codes of pyradiomics' features: every class with its features in the order of
 * specification 6 (ASCII order, deprecated ones last) and the formula behind each name. Classes
 * stand in the order of specification 1.4, which is the order of columns.
 *
 * A code stands only where the definition is IBSI's and a published value shows it
 * (docs/parameters.md, "IBSI codes", has those that pyradiomics' documentation suggests and that
 * are not here). */
#include "engine/features/families.h"

#include "engine/features/glcm_formulas.h"
#include "engine/features/shape.h"
#include "engine/features/shape_gate.h"
#include "engine/features/sizes.h"
#include "engine/features/statistics.h"
#include "engine/features/tones.h"

#define AT(field) offsetof(struct statistics, field)
static const struct field_row firstorder_rows[] = {
    {{"10Percentile", "QG58", "intensity"}, AT(p10)},
    {{"90Percentile", "8DWT", "intensity"}, AT(p90)},
    {{"Energy", "N8CA", "intensity2"}, AT(energy)},
    {{"Entropy", "TLU2", "bit"}, AT(entropy)},
    {{"InterquartileRange", "SALO", "intensity"}, AT(interquartile_range)},
    {{"Kurtosis", NULL, "1"}, AT(kurtosis)},
    {{"Maximum", "84IY", "intensity"}, AT(maximum)},
    {{"MeanAbsoluteDeviation", "4FUA", "intensity"}, AT(mean_absolute_deviation)},
    {{"Mean", "Q4LE", "intensity"}, AT(mean)},
    {{"Median", "Y12H", "intensity"}, AT(median)},
    {{"Minimum", "1GSF", "intensity"}, AT(minimum)},
    {{"Range", "2OJQ", "intensity"}, AT(range)},
    {{"RobustMeanAbsoluteDeviation", "1128", "intensity"}, AT(robust_mean_absolute_deviation)},
    {{"RootMeanSquared", "5ZWQ", "intensity"}, AT(root_mean_squared)},
    {{"Skewness", "KE2A", "1"}, AT(skewness)},
    {{"TotalEnergy", NULL, "intensity2 mm3"}, AT(total_energy)},
    {{"Uniformity", "BJ5W", "1"}, AT(uniformity)},
    {{"Variance", "ECT3", "intensity2"}, AT(variance)},
    {{"StandardDeviation", NULL, "intensity", FEATURE_DEPRECATED}, AT(standard_deviation)},
};
#undef AT

static const struct glcm_row glcm_rows[] = {
    {{"Autocorrelation", "QWB0", "1"}, glcm_autocorrelation},
    {{"ClusterProminence", "AE86", "1"}, glcm_cluster_prominence},
    {{"ClusterShade", "7NFM", "1"}, glcm_cluster_shade},
    {{"ClusterTendency", "DG8W", "1"}, glcm_cluster_tendency},
    {{"Contrast", "ACUI", "1"}, glcm_contrast},
    {{"Correlation", "NI2N", "1"}, glcm_correlation},
    {{"DifferenceAverage", "TF7R", "1"}, glcm_difference_average},
    {{"DifferenceEntropy", "NTRS", "1"}, glcm_difference_entropy},
    {{"DifferenceVariance", "D3YU", "1"}, glcm_difference_variance},
    {{"Id", "IB1Z", "1"}, glcm_inverse_difference},
    {{"Idm", "WF0Z", "1"}, glcm_inverse_difference_moment},
    {{"Idmn", "1QCO", "1"}, glcm_inverse_difference_moment_normalised},
    {{"Idn", "NDRX", "1"}, glcm_inverse_difference_normalised},
    {{"Imc1", "R8DG", "1"}, glcm_information_correlation_1},
    {{"Imc2", "JN9H", "1"}, glcm_information_correlation_2},
    {{"InverseVariance", "E8JP", "1"}, glcm_inverse_variance},
    {{"JointAverage", "60VM", "1"}, glcm_joint_average},
    {{"JointEnergy", "8ZQL", "1"}, glcm_joint_energy},
    {{"JointEntropy", "TU9B", "1"}, glcm_joint_entropy},
    {{"MCC", NULL, "1"}, glcm_maximal_correlation},
    {{"MaximumProbability", "GYBY", "1"}, glcm_maximum_probability},
    {{"SumAverage", "ZGXS", "1"}, glcm_sum_average},
    {{"SumEntropy", "P6QZ", "1"}, glcm_sum_entropy},
    {{"SumSquares", "UR99", "1"}, glcm_joint_variance},
    {{"Dissimilarity", NULL, "1", FEATURE_GONE}, NULL},
    {{"Homogeneity1", NULL, "1", FEATURE_GONE}, NULL},
    {{"Homogeneity2", NULL, "1", FEATURE_GONE}, NULL},
    {{"SumVariance", NULL, "1", FEATURE_GONE}, NULL},
};

static const struct sizes_row gldm_rows[] = {
    {{"DependenceEntropy", "FCBV", "1"}, sizes_entropy},
    {{"DependenceNonUniformity", "Z87G", "1"}, sizes_non_uniformity},
    {{"DependenceNonUniformityNormalized", "OKJI", "1"}, sizes_non_uniformity_normalized},
    {{"DependenceVariance", "DNX2", "1"}, sizes_variance},
    {{"GrayLevelNonUniformity", "FP8K", "1"}, sizes_level_non_uniformity},
    {{"GrayLevelVariance", "1PFV", "1"}, sizes_level_variance},
    {{"HighGrayLevelEmphasis", "OAE7", "1"}, sizes_high_level_emphasis},
    {{"LargeDependenceEmphasis", "IMOQ", "1"}, sizes_large_emphasis},
    {{"LargeDependenceHighGrayLevelEmphasis", "9QMG", "1"}, sizes_large_high_emphasis},
    {{"LargeDependenceLowGrayLevelEmphasis", "NBZI", "1"}, sizes_large_low_emphasis},
    {{"LowGrayLevelEmphasis", "TL9H", "1"}, sizes_low_level_emphasis},
    {{"SmallDependenceEmphasis", "SODN", "1"}, sizes_small_emphasis},
    {{"SmallDependenceHighGrayLevelEmphasis", "JA6D", "1"}, sizes_small_high_emphasis},
    {{"SmallDependenceLowGrayLevelEmphasis", "EQ3F", "1"}, sizes_small_low_emphasis},
    {{"DependencePercentage", NULL, "1", FEATURE_GONE}, NULL},
    {{"GrayLevelNonUniformityNormalized", NULL, "1", FEATURE_GONE}, NULL},
};

static const struct sizes_row glrlm_rows[] = {
    {{"GrayLevelNonUniformity", "R5YN", "1"}, sizes_level_non_uniformity},
    {{"GrayLevelNonUniformityNormalized", "OVBL", "1"}, sizes_level_non_uniformity_normalized},
    {{"GrayLevelVariance", "8CE5", "1"}, sizes_level_variance},
    {{"HighGrayLevelRunEmphasis", "G3QZ", "1"}, sizes_high_level_emphasis},
    {{"LongRunEmphasis", "W4KF", "1"}, sizes_large_emphasis},
    {{"LongRunHighGrayLevelEmphasis", "3KUM", "1"}, sizes_large_high_emphasis},
    {{"LongRunLowGrayLevelEmphasis", "IVPO", "1"}, sizes_large_low_emphasis},
    {{"LowGrayLevelRunEmphasis", "V3SW", "1"}, sizes_low_level_emphasis},
    {{"RunEntropy", "HJ9O", "1"}, sizes_entropy},
    {{"RunLengthNonUniformity", "W92Y", "1"}, sizes_non_uniformity},
    {{"RunLengthNonUniformityNormalized", "IC23", "1"}, sizes_non_uniformity_normalized},
    {{"RunPercentage", "9ZK5", "1"}, sizes_percentage},
    {{"RunVariance", "SXLW", "1"}, sizes_variance},
    {{"ShortRunEmphasis", "22OV", "1"}, sizes_small_emphasis},
    {{"ShortRunHighGrayLevelEmphasis", "GD3A", "1"}, sizes_small_high_emphasis},
    {{"ShortRunLowGrayLevelEmphasis", "HTZT", "1"}, sizes_small_low_emphasis},
};

static const struct sizes_row glszm_rows[] = {
    {{"GrayLevelNonUniformity", "JNSA", "1"}, sizes_level_non_uniformity},
    {{"GrayLevelNonUniformityNormalized", "Y1RO", "1"}, sizes_level_non_uniformity_normalized},
    {{"GrayLevelVariance", "BYLV", "1"}, sizes_level_variance},
    {{"HighGrayLevelZoneEmphasis", "5GN9", "1"}, sizes_high_level_emphasis},
    {{"LargeAreaEmphasis", "48P8", "1"}, sizes_large_emphasis},
    {{"LargeAreaHighGrayLevelEmphasis", "J17V", "1"}, sizes_large_high_emphasis},
    {{"LargeAreaLowGrayLevelEmphasis", "YH51", "1"}, sizes_large_low_emphasis},
    {{"LowGrayLevelZoneEmphasis", "XMSY", "1"}, sizes_low_level_emphasis},
    {{"SizeZoneNonUniformity", "4JP3", "1"}, sizes_non_uniformity},
    {{"SizeZoneNonUniformityNormalized", "VB3A", "1"}, sizes_non_uniformity_normalized},
    {{"SmallAreaEmphasis", "5QRC", "1"}, sizes_small_emphasis},
    {{"SmallAreaHighGrayLevelEmphasis", "HW1V", "1"}, sizes_small_high_emphasis},
    {{"SmallAreaLowGrayLevelEmphasis", "5RAI", "1"}, sizes_small_low_emphasis},
    {{"ZoneEntropy", "GU8N", "1"}, sizes_entropy},
    {{"ZonePercentage", "P30P", "1"}, sizes_percentage},
    {{"ZoneVariance", "3NSA", "1"}, sizes_variance},
};

static const struct tones_row ngtdm_rows[] = {
    {{"Busyness", "NQ30", "1"}, tones_busyness},
    {{"Coarseness", "QCDE", "1"}, tones_coarseness},
    {{"Complexity", "HDEZ", "1"}, tones_complexity},
    {{"Contrast", "65HE", "1"}, tones_contrast},
    {{"Strength", "1X9X", "1"}, tones_strength},
};

#define AT(field) offsetof(struct shape, field)
static const struct field_row shape_rows[] = {
    {{"Elongation", "Q3CK", "1"}, AT(elongation)},
    {{"Flatness", "N17B", "1"}, AT(flatness)},
    {{"LeastAxisLength", NULL, "mm"}, AT(least_axis_mm)},
    {{"MajorAxisLength", NULL, "mm"}, AT(major_axis_mm)},
    {{"Maximum2DDiameterColumn", NULL, "mm"}, AT(column_diameter_mm)},
    {{"Maximum2DDiameterRow", NULL, "mm"}, AT(row_diameter_mm)},
    {{"Maximum2DDiameterSlice", NULL, "mm"}, AT(slice_diameter_mm)},
    {{"Maximum3DDiameter", "L0JK", "mm"}, AT(diameter_mm)},
    {{"MeshVolume", "RNU0", "mm3"}, AT(mesh_volume_mm3)},
    {{"MinorAxisLength", NULL, "mm"}, AT(minor_axis_mm)},
    {{"Sphericity", "QCFX", "1"}, AT(sphericity)},
    {{"SurfaceArea", "C0JK", "mm2"}, AT(area_mm2)},
    {{"SurfaceVolumeRatio", "2PR5", "1/mm"}, AT(area_per_volume)},
    {{"VoxelVolume", "YEKZ", "mm3"}, AT(voxel_volume_mm3)},
    {{"Compactness1", "SKGS", "1", FEATURE_DEPRECATED}, AT(compactness_1)},
    {{"Compactness2", "BQWJ", "1", FEATURE_DEPRECATED}, AT(compactness_2)},
    {{"SphericalDisproportion", "KRCK", "1", FEATURE_DEPRECATED}, AT(spherical_disproportion)},
};
#undef AT

#define AT(field) offsetof(struct flat_shape, field)
static const struct field_row shape2d_rows[] = {
    {{"Elongation", NULL, "1"}, AT(elongation)},
    {{"MajorAxisLength", NULL, "mm"}, AT(major_axis_mm)},
    {{"MaximumDiameter", NULL, "mm"}, AT(diameter_mm)},
    {{"MeshSurface", NULL, "mm2"}, AT(mesh_area_mm2)},
    {{"MinorAxisLength", NULL, "mm"}, AT(minor_axis_mm)},
    {{"Perimeter", NULL, "mm"}, AT(perimeter_mm)},
    {{"PerimeterSurfaceRatio", NULL, "1/mm"}, AT(perimeter_per_area)},
    {{"PixelSurface", NULL, "mm2"}, AT(pixel_area_mm2)},
    {{"Sphericity", NULL, "1"}, AT(sphericity)},
    {{"SphericalDisproportion", NULL, "1", FEATURE_DEPRECATED}, AT(spherical_disproportion)},
};
#undef AT

const struct family family_firstorder = {.name = "firstorder",
                                         .tap = TAP_RESPONSE,
                                         .kernel_way = KERNEL_SAMPLE,
                                         FAMILY_ROWS(firstorder_rows),
                                         .measure = statistics_measure};
const struct family family_glcm = {.name = "glcm",
                                   .tap = TAP_LEVELS,
                                   .kernel_way = KERNEL_PAIRS,
                                   .aggregates = AGGREGATES_DIRECTIONS,
                                   .uses_distances = true,
                                   FAMILY_ROWS(glcm_rows),
                                   .measure = glcm_measure};
const struct family family_gldm = {.name = "gldm",
                                   .tap = TAP_LEVELS,
                                   .aggregates = AGGREGATES_SLICES,
                                   .uses_distances = true,
                                   FAMILY_ROWS(gldm_rows),
                                   .measure = gldm_measure};
const struct family family_glrlm = {.name = "glrlm",
                                    .tap = TAP_LEVELS,
                                    .kernel_way = KERNEL_RUNS,
                                    .aggregates = AGGREGATES_DIRECTIONS,
                                    FAMILY_ROWS(glrlm_rows),
                                    .measure = glrlm_measure};
const struct family family_glszm = {.name = "glszm",
                                    .tap = TAP_LEVELS,
                                    .aggregates = AGGREGATES_SLICES,
                                    FAMILY_ROWS(glszm_rows),
                                    .measure = glszm_measure};
const struct family family_ngtdm = {.name = "ngtdm",
                                    .tap = TAP_LEVELS,
                                    .aggregates = AGGREGATES_SLICES,
                                    .uses_distances = true,
                                    FAMILY_ROWS(ngtdm_rows),
                                    .measure = ngtdm_measure};
const struct family family_shape = {.name = "shape",
                                    .tap = TAP_SHAPE,
                                    .applies = shape_applies,
                                    .gate = shape_gate,
                                    FAMILY_ROWS(shape_rows),
                                    .measure = shape_measure};
const struct family family_shape2d = {.name = "shape2D",
                                      .tap = TAP_SHAPE,
                                      .on_request = true,
                                      .applies = flat_shape_applies,
                                      .gate = flat_shape_gate,
                                      FAMILY_ROWS(shape2d_rows),
                                      .measure = flat_shape_measure};

const struct family *const pyradiomics_families[] = {
    &family_firstorder, &family_glcm,  &family_gldm,    &family_glrlm, &family_glszm,
    &family_ngtdm,      &family_shape, &family_shape2d, NULL,
};
