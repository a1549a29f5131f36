/* DCMTK's decoders of JPEG and JPEG-LS: eight libraries, in a plugin
 * (build/plugins/radmill-codecs.so) that is loaded for the first image that needs one. */
#ifndef RADMILL_SHIM_DICOM_CODECS_H
#define RADMILL_SHIM_DICOM_CODECS_H

#ifdef __cplusplus
extern "C" {
#endif

/* The plugin's entry: makes the decoders known to DCMTK. */
void radmill_codecs_start(void);

#ifdef __cplusplus
}
#endif

#endif
