/* How an image was acquired: what harmonisation and time series need of a header.
 *
 * Free text is taken from the device alone (manufacturer, model, kernel, reconstruction method).
 * What people type (protocol, agent, tracer) is matched against a fixed list of words, and only the
 * matching word is kept, because free text may name a person. */
#ifndef RADMILL_SHIM_DICOM_ACQUISITION_H
#define RADMILL_SHIM_DICOM_ACQUISITION_H

#ifdef __cplusplus
extern "C" {
#endif

#include <stdbool.h>
#include <stddef.h>

/* The fields, in the order of the columns of courses.csv. DICOM_ACQUISITION of a header holds their
 * values in this order, separated by line ends; an empty one: the header does not say; no text at
 * all: the header has no value of any field. */
size_t acquisition_count(void);
const char *acquisition_name(size_t i); /* column, member of image.json; ends in its unit */
bool acquisition_is_number(size_t i);

#ifdef __cplusplus
}
#endif

#endif
