/* The features of the Image Biomarker Standardisation Initiative (reference manual, chapter 3):
 * names and codes; IBSI's order. "1": without a unit. */
#include "engine/features/families.h"
#include "engine/features/glcm_formulas.h"
#include "engine/features/gldzm.h"
#include "engine/features/histogram.h"
#include "engine/features/intensity_peak.h"
#include "engine/features/morphology.h"
#include "engine/features/statistics.h"
#include "engine/features/tones.h"
#include "engine/features/volume_histogram.h"

#define AT(field) offsetof(struct morphology, field)
static const struct field_row morphology_rows[] = {
    {{"VolumeMesh", "RNU0", "mm3"}, AT(shape.mesh_volume_mm3)},
    {{"VolumeVoxelCounting", "YEKZ", "mm3"}, AT(shape.voxel_volume_mm3)},
    {{"SurfaceAreaMesh", "C0JK", "mm2"}, AT(shape.area_mm2)},
    {{"SurfaceToVolumeRatio", "2PR5", "1/mm"}, AT(shape.area_per_volume)},
    {{"Compactness1", "SKGS", "1"}, AT(shape.compactness_1)},
    {{"Compactness2", "BQWJ", "1"}, AT(shape.compactness_2)},
    {{"SphericalDisproportion", "KRCK", "1"}, AT(shape.spherical_disproportion)},
    {{"Sphericity", "QCFX", "1"}, AT(shape.sphericity)},
    {{"Asphericity", "25C7", "1"}, AT(asphericity)},
    {{"CentreOfMassShift", "KLMA", "mm"}, AT(centre_shift_mm)},
    {{"Maximum3DDiameter", "L0JK", "mm"}, AT(shape.diameter_mm)},
    {{"MajorAxisLength", "TDIC", "mm"}, AT(shape.major_axis_mm)},
    {{"MinorAxisLength", "P9VJ", "mm"}, AT(shape.minor_axis_mm)},
    {{"LeastAxisLength", "7J51", "mm"}, AT(shape.least_axis_mm)},
    {{"Elongation", "Q3CK", "1"}, AT(shape.elongation)},
    {{"Flatness", "N17B", "1"}, AT(shape.flatness)},
    {{"VolumeDensityAxisAlignedBoundingBox", "PBX1", "1"}, AT(box_volume_share)},
    {{"AreaDensityAxisAlignedBoundingBox", "R59B", "1"}, AT(box_area_share)},
    {{"VolumeDensityOrientedMinimumBoundingBox", "ZH1A", "1"}, AT(oriented_volume_share)},
    {{"AreaDensityOrientedMinimumBoundingBox", "IQYR", "1"}, AT(oriented_area_share)},
    {{"VolumeDensityApproximateEnclosingEllipsoid", "6BDE", "1"}, AT(ellipsoid_volume_share)},
    {{"AreaDensityApproximateEnclosingEllipsoid", "RDD2", "1"}, AT(ellipsoid_area_share)},
    {{"VolumeDensityMinimumVolumeEnclosingEllipsoid", "SWZ1", "1"}, AT(least_volume_share)},
    {{"AreaDensityMinimumVolumeEnclosingEllipsoid", "BRI8", "1"}, AT(least_area_share)},
    {{"VolumeDensityConvexHull", "R3ER", "1"}, AT(hull_volume_share)},
    {{"AreaDensityConvexHull", "7T7F", "1"}, AT(hull_area_share)},
    {{"IntegratedIntensity", "99N0", "intensity*mm3"}, AT(integrated_intensity)},
    {{"MoransIIndex", "N365", "1"}, AT(moran_i)},
    {{"GearysCMeasure", "NPT7", "1"}, AT(geary_c)},
};
#undef AT

#define AT(field) offsetof(struct intensity_peaks, field)
static const struct field_row local_intensity_rows[] = {
    {{"LocalIntensityPeak", "VJGA", "intensity"}, AT(local)},
    {{"GlobalIntensityPeak", "0F91", "intensity"}, AT(global)},
};
#undef AT

#define AT(field) offsetof(struct statistics, field)
static const struct field_row statistics_rows[] = {
    {{"Mean", "Q4LE", "intensity"}, AT(mean)},
    {{"Variance", "ECT3", "intensity2"}, AT(variance)},
    {{"Skewness", "KE2A", "1"}, AT(skewness)},
    {{"ExcessKurtosis", "IPH6", "1"}, AT(excess_kurtosis)},
    {{"Median", "Y12H", "intensity"}, AT(median)},
    {{"Minimum", "1GSF", "intensity"}, AT(minimum)},
    {{"10thPercentile", "QG58", "intensity"}, AT(p10)},
    {{"90thPercentile", "8DWT", "intensity"}, AT(p90)},
    {{"Maximum", "84IY", "intensity"}, AT(maximum)},
    {{"InterquartileRange", "SALO", "intensity"}, AT(interquartile_range)},
    {{"Range", "2OJQ", "intensity"}, AT(range)},
    {{"MeanAbsoluteDeviation", "4FUA", "intensity"}, AT(mean_absolute_deviation)},
    {{"RobustMeanAbsoluteDeviation", "1128", "intensity"}, AT(robust_mean_absolute_deviation)},
    {{"MedianAbsoluteDeviation", "N72L", "intensity"}, AT(median_absolute_deviation)},
    {{"CoefficientOfVariation", "7TET", "1"}, AT(variation)},
    {{"QuartileCoefficientOfDispersion", "9S40", "1"}, AT(quartile_dispersion)},
    {{"Energy", "N8CA", "intensity2"}, AT(energy)},
    {{"RootMeanSquare", "5ZWQ", "intensity"}, AT(root_mean_squared)},
};
#undef AT

#define AT(field) offsetof(struct histogram, field)
static const struct field_row intensity_histogram_rows[] = {
    {{"Mean", "X6K6", "level"}, AT(mean)},
    {{"Variance", "CH89", "level2"}, AT(variance)},
    {{"Skewness", "88K1", "1"}, AT(skewness)},
    {{"ExcessKurtosis", "C3I7", "1"}, AT(excess_kurtosis)},
    {{"Median", "WIFQ", "level"}, AT(median)},
    {{"Minimum", "1PR8", "level"}, AT(minimum)},
    {{"10thPercentile", "GPMT", "level"}, AT(p10)},
    {{"90thPercentile", "OZ0C", "level"}, AT(p90)},
    {{"Maximum", "3NCY", "level"}, AT(maximum)},
    {{"Mode", "AMMC", "level"}, AT(mode)},
    {{"InterquartileRange", "WR0O", "level"}, AT(interquartile_range)},
    {{"Range", "5Z3W", "level"}, AT(range)},
    {{"MeanAbsoluteDeviation", "D2ZX", "level"}, AT(mean_absolute_deviation)},
    {{"RobustMeanAbsoluteDeviation", "WRZB", "level"}, AT(robust_mean_absolute_deviation)},
    {{"MedianAbsoluteDeviation", "4RNL", "level"}, AT(median_absolute_deviation)},
    {{"CoefficientOfVariation", "CWYJ", "1"}, AT(variation)},
    {{"QuartileCoefficientOfDispersion", "SLWD", "1"}, AT(quartile_dispersion)},
    {{"Entropy", "TLU2", "1"}, AT(entropy)},
    {{"Uniformity", "BJ5W", "1"}, AT(uniformity)},
    {{"MaximumGradient", "12CE", "1"}, AT(largest_gradient)},
    {{"MaximumGradientLevel", "8E6O", "level"}, AT(largest_gradient_level)},
    {{"MinimumGradient", "VQB3", "1"}, AT(smallest_gradient)},
    {{"MinimumGradientLevel", "RHQZ", "level"}, AT(smallest_gradient_level)},
};
#undef AT

#define AT(field) offsetof(struct volume_histogram, field)
static const struct field_row intensity_volume_histogram_rows[] = {
    {{"VolumeAtIntensityFraction10", "BC2M", "1"}, AT(volume_at_10)},
    {{"VolumeAtIntensityFraction90", "BC2M", "1"}, AT(volume_at_90)},
    {{"IntensityAtVolumeFraction10", "GBPN", "intensity"}, AT(intensity_at_10)},
    {{"IntensityAtVolumeFraction90", "GBPN", "intensity"}, AT(intensity_at_90)},
    {{"VolumeFractionDifference10To90", "DDTU", "1"}, AT(volume_difference)},
    {{"IntensityFractionDifference10To90", "CNV2", "intensity"}, AT(intensity_difference)},
    {{"AreaUnderCurve", "9CMM", "1"}, AT(area)},
};
#undef AT

static const struct glcm_row glcm_rows[] = {
    {{"JointMaximum", "GYBY", "1"}, glcm_maximum_probability},
    {{"JointAverage", "60VM", "1"}, glcm_joint_average},
    {{"JointVariance", "UR99", "1"}, glcm_joint_variance},
    {{"JointEntropy", "TU9B", "1"}, glcm_joint_entropy},
    {{"DifferenceAverage", "TF7R", "1"}, glcm_difference_average},
    {{"DifferenceVariance", "D3YU", "1"}, glcm_difference_variance},
    {{"DifferenceEntropy", "NTRS", "1"}, glcm_difference_entropy},
    {{"SumAverage", "ZGXS", "1"}, glcm_sum_average},
    {{"SumVariance", "OEEB", "1"}, glcm_cluster_tendency},
    {{"SumEntropy", "P6QZ", "1"}, glcm_sum_entropy},
    {{"AngularSecondMoment", "8ZQL", "1"}, glcm_joint_energy},
    {{"Contrast", "ACUI", "1"}, glcm_contrast},
    {{"Dissimilarity", "8S9J", "1"}, glcm_difference_average},
    {{"InverseDifference", "IB1Z", "1"}, glcm_inverse_difference},
    {{"NormalisedInverseDifference", "NDRX", "1"}, glcm_inverse_difference_normalised},
    {{"InverseDifferenceMoment", "WF0Z", "1"}, glcm_inverse_difference_moment},
    {{"NormalisedInverseDifferenceMoment", "1QCO", "1"}, glcm_inverse_difference_moment_normalised},
    {{"InverseVariance", "E8JP", "1"}, glcm_inverse_variance},
    {{"Correlation", "NI2N", "1"}, glcm_correlation},
    {{"Autocorrelation", "QWB0", "1"}, glcm_autocorrelation},
    {{"ClusterTendency", "DG8W", "1"}, glcm_cluster_tendency},
    {{"ClusterShade", "7NFM", "1"}, glcm_cluster_shade},
    {{"ClusterProminence", "AE86", "1"}, glcm_cluster_prominence},
    {{"InformationCorrelation1", "R8DG", "1"}, glcm_information_correlation_1},
    {{"InformationCorrelation2", "JN9H", "1"}, glcm_information_correlation_2},
};

static const struct sizes_row glrlm_rows[] = {
    {{"ShortRunsEmphasis", "22OV", "1"}, sizes_small_emphasis},
    {{"LongRunsEmphasis", "W4KF", "1"}, sizes_large_emphasis},
    {{"LowGreyLevelRunEmphasis", "V3SW", "1"}, sizes_low_level_emphasis},
    {{"HighGreyLevelRunEmphasis", "G3QZ", "1"}, sizes_high_level_emphasis},
    {{"ShortRunLowGreyLevelEmphasis", "HTZT", "1"}, sizes_small_low_emphasis},
    {{"ShortRunHighGreyLevelEmphasis", "GD3A", "1"}, sizes_small_high_emphasis},
    {{"LongRunLowGreyLevelEmphasis", "IVPO", "1"}, sizes_large_low_emphasis},
    {{"LongRunHighGreyLevelEmphasis", "3KUM", "1"}, sizes_large_high_emphasis},
    {{"GreyLevelNonUniformity", "R5YN", "1"}, sizes_level_non_uniformity},
    {{"NormalisedGreyLevelNonUniformity", "OVBL", "1"}, sizes_level_non_uniformity_normalized},
    {{"RunLengthNonUniformity", "W92Y", "1"}, sizes_non_uniformity},
    {{"NormalisedRunLengthNonUniformity", "IC23", "1"}, sizes_non_uniformity_normalized},
    {{"RunPercentage", "9ZK5", "1"}, sizes_percentage},
    {{"GreyLevelVariance", "8CE5", "1"}, sizes_level_variance},
    {{"RunLengthVariance", "SXLW", "1"}, sizes_variance},
    {{"RunEntropy", "HJ9O", "1"}, sizes_entropy},
};

static const struct sizes_row glszm_rows[] = {
    {{"SmallZoneEmphasis", "5QRC", "1"}, sizes_small_emphasis},
    {{"LargeZoneEmphasis", "48P8", "1"}, sizes_large_emphasis},
    {{"LowGreyLevelZoneEmphasis", "XMSY", "1"}, sizes_low_level_emphasis},
    {{"HighGreyLevelZoneEmphasis", "5GN9", "1"}, sizes_high_level_emphasis},
    {{"SmallZoneLowGreyLevelEmphasis", "5RAI", "1"}, sizes_small_low_emphasis},
    {{"SmallZoneHighGreyLevelEmphasis", "HW1V", "1"}, sizes_small_high_emphasis},
    {{"LargeZoneLowGreyLevelEmphasis", "YH51", "1"}, sizes_large_low_emphasis},
    {{"LargeZoneHighGreyLevelEmphasis", "J17V", "1"}, sizes_large_high_emphasis},
    {{"GreyLevelNonUniformity", "JNSA", "1"}, sizes_level_non_uniformity},
    {{"NormalisedGreyLevelNonUniformity", "Y1RO", "1"}, sizes_level_non_uniformity_normalized},
    {{"ZoneSizeNonUniformity", "4JP3", "1"}, sizes_non_uniformity},
    {{"NormalisedZoneSizeNonUniformity", "VB3A", "1"}, sizes_non_uniformity_normalized},
    {{"ZonePercentage", "P30P", "1"}, sizes_percentage},
    {{"GreyLevelVariance", "BYLV", "1"}, sizes_level_variance},
    {{"ZoneSizeVariance", "3NSA", "1"}, sizes_variance},
    {{"ZoneSizeEntropy", "GU8N", "1"}, sizes_entropy},
};

static const struct sizes_row gldzm_rows[] = {
    {{"SmallDistanceEmphasis", "0GBI", "1"}, sizes_small_emphasis},
    {{"LargeDistanceEmphasis", "MB4I", "1"}, sizes_large_emphasis},
    {{"LowGreyLevelZoneEmphasis", "S1RA", "1"}, sizes_low_level_emphasis},
    {{"HighGreyLevelZoneEmphasis", "K26C", "1"}, sizes_high_level_emphasis},
    {{"SmallDistanceLowGreyLevelEmphasis", "RUVG", "1"}, sizes_small_low_emphasis},
    {{"SmallDistanceHighGreyLevelEmphasis", "DKNJ", "1"}, sizes_small_high_emphasis},
    {{"LargeDistanceLowGreyLevelEmphasis", "A7WM", "1"}, sizes_large_low_emphasis},
    {{"LargeDistanceHighGreyLevelEmphasis", "KLTH", "1"}, sizes_large_high_emphasis},
    {{"GreyLevelNonUniformity", "VFT7", "1"}, sizes_level_non_uniformity},
    {{"NormalisedGreyLevelNonUniformity", "7HP3", "1"}, sizes_level_non_uniformity_normalized},
    {{"ZoneDistanceNonUniformity", "V294", "1"}, sizes_non_uniformity},
    {{"NormalisedZoneDistanceNonUniformity", "IATH", "1"}, sizes_non_uniformity_normalized},
    {{"ZonePercentage", "VIWW", "1"}, sizes_share},
    {{"GreyLevelVariance", "QK93", "1"}, sizes_level_variance},
    {{"ZoneDistanceVariance", "7WT1", "1"}, sizes_variance},
    {{"ZoneDistanceEntropy", "GBDU", "1"}, sizes_entropy},
};

static const struct tones_row ngtdm_rows[] = {
    {{"Coarseness", "QCDE", "1"}, tones_coarseness},
    {{"Contrast", "65HE", "1"}, tones_contrast},
    {{"Busyness", "NQ30", "1"}, tones_busyness},
    {{"Complexity", "HDEZ", "1"}, tones_complexity},
    {{"Strength", "1X9X", "1"}, tones_strength},
};

static const struct sizes_row ngldm_rows[] = {
    {{"LowDependenceEmphasis", "SODN", "1"}, sizes_small_emphasis},
    {{"HighDependenceEmphasis", "IMOQ", "1"}, sizes_large_emphasis},
    {{"LowGreyLevelCountEmphasis", "TL9H", "1"}, sizes_low_level_emphasis},
    {{"HighGreyLevelCountEmphasis", "OAE7", "1"}, sizes_high_level_emphasis},
    {{"LowDependenceLowGreyLevelEmphasis", "EQ3F", "1"}, sizes_small_low_emphasis},
    {{"LowDependenceHighGreyLevelEmphasis", "JA6D", "1"}, sizes_small_high_emphasis},
    {{"HighDependenceLowGreyLevelEmphasis", "NBZI", "1"}, sizes_large_low_emphasis},
    {{"HighDependenceHighGreyLevelEmphasis", "9QMG", "1"}, sizes_large_high_emphasis},
    {{"GreyLevelNonUniformity", "FP8K", "1"}, sizes_level_non_uniformity},
    {{"NormalisedGreyLevelNonUniformity", "5SPA", "1"}, sizes_level_non_uniformity_normalized},
    {{"DependenceCountNonUniformity", "Z87G", "1"}, sizes_non_uniformity},
    {{"NormalisedDependenceCountNonUniformity", "OKJI", "1"}, sizes_non_uniformity_normalized},
    {{"DependenceCountPercentage", "6XV8", "1"}, sizes_share},
    {{"GreyLevelVariance", "1PFV", "1"}, sizes_level_variance},
    {{"DependenceCountVariance", "DNX2", "1"}, sizes_variance},
    {{"DependenceCountEntropy", "FCBV", "1"}, sizes_entropy},
    {{"DependenceCountEnergy", "CAS9", "1"}, sizes_energy},
};

static const struct family ibsi_morphology = {.name = "morphology",
                                              .tap = TAP_SHAPE,
                                              .aggregates = AGGREGATES_NOTHING,
                                              FAMILY_ROWS(morphology_rows),
                                              .measure = morphology_measure};
static const struct family ibsi_local_intensity = {.name = "local_intensity",
                                                   .tap = TAP_SHAPE,
                                                   .surroundings_mm = INTENSITY_PEAK_RADIUS_MM,
                                                   .aggregates = AGGREGATES_NOTHING,
                                                   FAMILY_ROWS(local_intensity_rows),
                                                   .measure = local_intensity_measure};
static const struct family ibsi_statistics = {.name = "statistics",
                                              .tap = TAP_RESPONSE,
                                              .aggregates = AGGREGATES_NOTHING,
                                              FAMILY_ROWS(statistics_rows),
                                              .measure = statistics_measure};
static const struct family ibsi_intensity_histogram = {.name = "intensity_histogram",
                                                       .tap = TAP_LEVELS,
                                                       .aggregates = AGGREGATES_NOTHING,
                                                       FAMILY_ROWS(intensity_histogram_rows),
                                                       .measure = histogram_measure};
static const struct family ibsi_intensity_volume_histogram = {
    .name = "intensity_volume_histogram",
    .tap = TAP_RESPONSE,
    .aggregates = AGGREGATES_NOTHING,
    FAMILY_ROWS(intensity_volume_histogram_rows),
    .measure = volume_histogram_measure};
static const struct family ibsi_glcm = {.name = "glcm",
                                        .tap = TAP_LEVELS,
                                        .aggregates = AGGREGATES_DIRECTIONS,
                                        .named_by_aggregation = true,
                                        .uses_distances = true,
                                        FAMILY_ROWS(glcm_rows),
                                        .measure = glcm_measure};
static const struct family ibsi_glrlm = {.name = "glrlm",
                                         .tap = TAP_LEVELS,
                                         .aggregates = AGGREGATES_DIRECTIONS,
                                         .named_by_aggregation = true,
                                         FAMILY_ROWS(glrlm_rows),
                                         .measure = glrlm_measure};
static const struct family ibsi_glszm = {.name = "glszm",
                                         .tap = TAP_LEVELS,
                                         .aggregates = AGGREGATES_SLICES,
                                         .named_by_aggregation = true,
                                         FAMILY_ROWS(glszm_rows),
                                         .measure = glszm_measure};
static const struct family ibsi_gldzm = {.name = "gldzm",
                                         .tap = TAP_LEVELS,
                                         .aggregates = AGGREGATES_SLICES,
                                         .named_by_aggregation = true,
                                         FAMILY_ROWS(gldzm_rows),
                                         .measure = gldzm_measure};
static const struct family ibsi_ngtdm = {.name = "ngtdm",
                                         .tap = TAP_LEVELS,
                                         .aggregates = AGGREGATES_SLICES,
                                         .named_by_aggregation = true,
                                         .uses_distances = true,
                                         FAMILY_ROWS(ngtdm_rows),
                                         .measure = ngtdm_measure};
static const struct family ibsi_ngldm = {.name = "ngldm",
                                         .tap = TAP_LEVELS,
                                         .aggregates = AGGREGATES_SLICES,
                                         .named_by_aggregation = true,
                                         .uses_distances = true,
                                         FAMILY_ROWS(ngldm_rows),
                                         .measure = gldm_measure};

const struct family *const ibsi_families[] = {
    &ibsi_morphology,
    &ibsi_local_intensity,
    &ibsi_statistics,
    &ibsi_intensity_histogram,
    &ibsi_intensity_volume_histogram,
    &ibsi_glcm,
    &ibsi_glrlm,
    &ibsi_glszm,
    &ibsi_gldzm,
    &ibsi_ngtdm,
    &ibsi_ngldm,
    NULL,
};
