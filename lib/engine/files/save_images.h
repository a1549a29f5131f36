/* The images that features are computed from, as files: to look at, or for other programs. */
#ifndef RADMILL_ENGINE_FILES_SAVE_IMAGES_H
#define RADMILL_ENGINE_FILES_SAVE_IMAGES_H

#include "engine/files/load_files.h"
#include "engine/params/params.h"

/* Writes to `folder` (made when it is missing): every image of the filters as <name>.nii.gz,
 * double, the intensity mask as mask.nii.gz and the morphological one as mask-morphological.nii.gz;
 * all on one grid, that of the box around both masks.
 *
 * Without a mask (request->mask NULL) nothing is preprocessed and the filters run on the whole
 * image: a single image is called response.nii.gz then, several have their names. ERR_REFUSED
 * wherever the rules refuse the case; ERR_FAILED: a file cannot be written. */
bool save_images(const struct params *p, const struct load_request *request, const char *folder,
                 struct err *e);

#endif
