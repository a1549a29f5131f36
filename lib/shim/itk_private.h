/* Shared by the sources of the ITK plugin only; C++. Everything throws
 * std::exception, which the plugin's entries turn into messages. */
#ifndef RADMILL_SHIM_ITK_PRIVATE_H
#define RADMILL_SHIM_ITK_PRIVATE_H

#include "shim/itk_volume.h"

#include <itkCommonEnums.h>

#include <memory>

/* A header that was read, and how to read its voxels. */
struct itk_volume {
    virtual ~itk_volume() = default;
    virtual void read(void *data, size_t bytes) = 0;
};

/* By size and sign, since ITK's names follow the platform's types. */
enum pixel_type radmill_itk_pixel_type(itk::IOComponentEnum component, size_t bytes);

/* The one DICOM series of a folder: fills grid, type and channels of *out. */
std::unique_ptr<itk_volume> radmill_itk_series(const char *folder, struct volume *out);

/* Corrects the grid that ITK gave for a DICOM file. */
void radmill_itk_place(const char *path, struct grid *g);

/* A TIFF; NULL: it is none. */
std::unique_ptr<itk_volume> radmill_itk_tiff(const char *path, struct volume *out);

#endif
