/* How an image was acquired: what harmonisation and time series need of a header.
 *
 * Free text is taken from the device alone (manufacturer, model, kernel, reconstruction method).
 * What people type (protocol, agent, tracer) is matched against a fixed list of words, and only the
 * matching word is kept, because free text may name a person. */
#ifndef RADMILL_SHIM_ACQUISITION_FIELDS_H
#define RADMILL_SHIM_ACQUISITION_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

/* The fields, in the order of the columns of courses.csv; where each is read from stands in
 * dicom_acquisition.cc. DICOM_ACQUISITION of a header holds their values in this order, separated
 * by line ends; an empty one: the header does not say; no text at all: the header has no value of
 * any field. */
enum acquisition_field {
    ACQUISITION_MANUFACTURER,
    ACQUISITION_MODEL,
    ACQUISITION_KERNEL,
    ACQUISITION_RECONSTRUCTION_METHOD,
    ACQUISITION_KVP,
    ACQUISITION_EXPOSURE_MAS,
    ACQUISITION_TUBE_CURRENT_MA,
    ACQUISITION_SLICE_THICKNESS_MM,
    ACQUISITION_RECONSTRUCTION_DIAMETER_MM,
    ACQUISITION_CONTRAST,
    ACQUISITION_FIELD_STRENGTH_T,
    ACQUISITION_ECHO_TIME_MS,
    ACQUISITION_REPETITION_TIME_MS,
    ACQUISITION_INVERSION_TIME_MS,
    ACQUISITION_FLIP_ANGLE_DEG,
    ACQUISITION_SCANNING_SEQUENCE,
    ACQUISITION_SEQUENCE_VARIANT,
    ACQUISITION_ACQUISITION_TYPE,
    ACQUISITION_TRACER,
    ACQUISITION_RADIONUCLIDE,
    ACQUISITION_INJECTED_ACTIVITY_MBQ,
    ACQUISITION_FRAME_DURATION_S,
    ACQUISITION_UNITS,
    ACQUISITION_DECAY_CORRECTION,
    ACQUISITION_CORRECTED_IMAGE,
    ACQUISITION_FIELDS
};

size_t acquisition_count(void);
const char *acquisition_name(size_t i); /* column, member of image.json; ends in its unit */
bool acquisition_is_number(size_t i);

#endif
