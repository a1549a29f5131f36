/* Faults of a DICOM file that do not prevent reading it, and the note for each. */
#ifndef RADMILL_SHIM_DICOM_FORGIVEN_H
#define RADMILL_SHIM_DICOM_FORGIVEN_H

#ifdef __cplusplus
extern "C" {
#endif

#include <stdint.h>

/* Bits. */
enum {
    DICOM_FORGAVE_SYNTAX = 1, /* the data set is in another transfer syntax than the header names */
    DICOM_FORGAVE_TEXT = 2,   /* texts have bytes that are invalid in the file's character set */
    DICOM_FORGAVE_WORDS = 4,  /* pixel words in another byte order than the data set */
    DICOM_FORGAVE_CLASS = 8,  /* SOP Class UID stands in the meta header only */
    DICOM_FORGAVE_TIMES = 16, /* times with colons, dates with dots */
    DICOM_FORGAVE_BITS = 5,   /* how many there are */
};

/* The note of bit number `bit` (0 is the lowest), in words. */
const char *dicom_forgiven_note(int bit);

/* The note for a region whose name had to be guessed. */
#define DICOM_GUESSED_NAME                                                                         \
    "the character set of the file does not explain all bytes of the name: read as UTF-8, or "     \
    "else as ISO 8859-1"

#ifdef __cplusplus
}
#endif

#endif
