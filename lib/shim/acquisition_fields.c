/* A file without DICOM: who only needs the names of the columns must not load DCMTK. */
#include "shim/acquisition_fields.h"

static const struct {
    const char *name;
    bool is_number;
} fields[ACQUISITION_FIELDS] = {
    [ACQUISITION_MANUFACTURER] = {"manufacturer", false},
    [ACQUISITION_MODEL] = {"model", false},
    [ACQUISITION_KERNEL] = {"kernel", false},
    [ACQUISITION_RECONSTRUCTION_METHOD] = {"reconstruction_method", false},
    [ACQUISITION_KVP] = {"kvp", true},
    [ACQUISITION_EXPOSURE_MAS] = {"exposure_mas", true},
    [ACQUISITION_TUBE_CURRENT_MA] = {"tube_current_ma", true},
    [ACQUISITION_SLICE_THICKNESS_MM] = {"slice_thickness_mm", true},
    [ACQUISITION_RECONSTRUCTION_DIAMETER_MM] = {"reconstruction_diameter_mm", true},
    [ACQUISITION_CONTRAST] = {"contrast", false},
    [ACQUISITION_FIELD_STRENGTH_T] = {"field_strength_t", true},
    [ACQUISITION_ECHO_TIME_MS] = {"echo_time_ms", true},
    [ACQUISITION_REPETITION_TIME_MS] = {"repetition_time_ms", true},
    [ACQUISITION_INVERSION_TIME_MS] = {"inversion_time_ms", true},
    [ACQUISITION_FLIP_ANGLE_DEG] = {"flip_angle_deg", true},
    [ACQUISITION_SCANNING_SEQUENCE] = {"scanning_sequence", false},
    [ACQUISITION_SEQUENCE_VARIANT] = {"sequence_variant", false},
    [ACQUISITION_ACQUISITION_TYPE] = {"acquisition_type", false},
    [ACQUISITION_TRACER] = {"tracer", false},
    [ACQUISITION_RADIONUCLIDE] = {"radionuclide", false},
    [ACQUISITION_INJECTED_ACTIVITY_MBQ] = {"injected_activity_mbq", true},
    [ACQUISITION_FRAME_DURATION_S] = {"frame_duration_s", true},
    [ACQUISITION_UNITS] = {"units", false},
    [ACQUISITION_DECAY_CORRECTION] = {"decay_correction", false},
    [ACQUISITION_CORRECTED_IMAGE] = {"corrected_image", false},
};

size_t acquisition_count(void)
{
    return ACQUISITION_FIELDS;
}

const char *acquisition_name(size_t i)
{
    return fields[i].name;
}

bool acquisition_is_number(size_t i)
{
    return fields[i].is_number;
}
