#include "report/methods/items.h"

#include <string.h>

const struct methods_item methods_items[] = {
    {METHODS_COHORT, "software", "61", "25", "12", "this release", tell_software},
    {METHODS_COHORT, "images", "8", "13, 16", "6", "courses.csv", tell_data},
    {METHODS_COHORT, "intensities", "38, 40", "21", "11", "SUV, DICOM headers", tell_conversion},
    {METHODS_COHORT, "segmentation", "48a, 48c", "19", "8", "status.csv", tell_segmentation},
    {METHODS_COHORT, "from contours to masks", "49", "21", "8", "this release", tell_masks},
    {METHODS_COHORT, "what is missing", NULL, "29, 45", NULL, "status.csv, left_out.csv",
     tell_excluded},
    {METHODS_BEFORE, "parameters", NULL, "28, 55", "13", "settings", tell_parameters},
    {METHODS_AFTER, "images of features, filters", "57", "24", "11, 13", "parameters",
     tell_filters},
    {METHODS_AFTER, "discretisation", "56a-c", "23", "13", "parameters", tell_discretisation},
    {METHODS_AFTER, "intensity-volume histogram", "56a-c", "23", "13", "parameters",
     tell_volume_histogram},
    {METHODS_AFTER, "definitions", "58, 59", "25", "12", "profile", tell_definitions},
    {METHODS_AFTER, "classes of features", "58", "26", "13", "parameters", tell_features},
    {METHODS_AFTER, "number of features", "58", "27", "16", "parameters", tell_number},
    {METHODS_AFTER, "aggregation of texture", "62", "28", "13", "parameters", tell_aggregation},
    {METHODS_AFTER, "co-occurrence", "64", "28", "13", "parameters", tell_symmetry},
    {METHODS_AFTER, "neighbours", "63, 65, 69, 70", "28", "13", "parameters", tell_distances},
    {METHODS_AFTER, "zones", "66-68", "28", "13", "this release", tell_zones},
    {METHODS_AFTER, "dependence", "71", "28", "13", "parameters", tell_coarseness},

    {METHODS_AUTHOR, "title, abstract, introduction", NULL, "1-6", NULL, "", NULL},
    {METHODS_AUTHOR,
     "adherence to checklists, ethics, sample size, design, eligibility, flow chart", NULL, "7-12",
     "1-5", "", NULL},
    {METHODS_AUTHOR, "preparation of patients, drugs, contrast agent, comorbidities",
     "1, 2a-c, 3b, 3e, 4a-e, 5", NULL, NULL, "", NULL},
    {METHODS_AUTHOR, "protocol, dynamic scans, calibration, instructions, motion", "6, 9-12", NULL,
     NULL, "", NULL},
    {METHODS_AUTHOR,
     "what courses.csv does not hold: time of flight, coil, options and trajectory of "
     "the sequence, echo train, averages, iterations, point spread, b-values",
     "16, 17, 18c, 21, 25, 26, 32b-c, 33, 35b, 36", NULL, NULL, "", NULL},
    {METHODS_AUTHOR,
     "processing before the DICOM files were written: registration, apparent "
     "diffusion coefficients, noise, smoothing, skull stripping, non-uniformity",
     "37, 39, 42-45, 47", NULL, NULL, "", NULL},
    {METHODS_AUTHOR, "who segmented, with which method and on which image; reliability",
     "48b, 48d, 60", "20, 31", "9, 10, 14", "", NULL},
    {METHODS_AUTHOR, "origin and overlap of data, split, predictors, reference standard", NULL,
     "14, 15, 17, 18", "7", "", NULL},
    {METHODS_AUTHOR, "selection of features, models, evaluation, results, discussion", "72-75",
     "30, 32-44, 46-52", "15-27", "", NULL},
    {METHODS_AUTHOR, "sharing of data, code and models", "76", "53, 54, 56-58", "28-30", "", NULL},
    {0},
};

const struct methods_field methods_fields[] = {
    {"spacing_x_mm", "spacing, x", "mm", "28"},
    {"spacing_y_mm", "spacing, y", "mm", "28"},
    {"spacing_z_mm", "spacing between slices", "mm", "30"},
    {"slice_thickness_mm", "slice thickness", "mm", "29"},
    {"manufacturer", "manufacturer", "", "7"},
    {"model", "model", "", "7"},
    {"kvp", "tube voltage", "kV", "14"},
    {"tube_current_ma", "tube current", "mA", "15"},
    {"exposure_mas", "exposure", "mAs", "31c"},
    {"kernel", "convolution kernel", "", "31a"},
    {"reconstruction_method", "reconstruction method", "", "31b, 32a, 35a"},
    {"reconstruction_diameter_mm", "reconstruction diameter", "mm", "28"},
    {"contrast", "contrast agent named", "", "4a"},
    {"field_strength_t", "field strength", "T", "27"},
    {"scanning_sequence", "sequence", "", "18a"},
    {"sequence_variant", "sequence variant", "", "18b"},
    {"acquisition_type", "acquisition type", "", "24"},
    {"repetition_time_ms", "repetition time", "ms", "19"},
    {"echo_time_ms", "echo time", "ms", "20"},
    {"inversion_time_ms", "inversion time", "ms", "22"},
    {"flip_angle_deg", "flip angle", "degrees", "23"},
    {"tracer", "tracer", "", "3a"},
    {"radionuclide", "radionuclide", "", "3a"},
    {"injected_activity_mbq", "injected activity", "MBq", "3c"},
    {"uptake_min", "uptake time", "min", "3d"},
    {"frame_duration_s", "duration of a frame", "s", "13"},
    {"units", "units of the files", "", "38"},
    {"decay_correction", "decay correction", "", "34b"},
    {"corrected_image", "corrections", "", "34a-b"},
    {0},
};

/* The rows of a place. */
static size_t add_place(enum methods_place place, const struct methods_item **out, size_t n)
{
    for (const struct methods_item *i = methods_items; i->what; i++)
        if (i->place == place && n < METHODS_MOST)
            out[n++] = i;
    return n;
}

size_t methods_list(const struct methods_group *g, const struct methods_item *out[METHODS_MOST])
{
    if (!g)
        return add_place(METHODS_COHORT, out, 0);
    size_t n = add_place(METHODS_BEFORE, out, 0);
    preprocess_step *const *step = g->params->profile->preprocess->step;
    for (; *step && n < METHODS_MOST; step++) {
        const struct methods_item *item = methods_step_item(*step);
        if (item)
            out[n++] = item;
    }
    return add_place(METHODS_AFTER, out, n);
}
