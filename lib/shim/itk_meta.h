/* What ITK does not check of a MetaImage. Inside the plugin only. */
#ifndef RADMILL_SHIM_ITK_META_H
#define RADMILL_SHIM_ITK_META_H

#include <cstddef>

/* Throws std::runtime_error when the MetaImage at path (.mha, or .mhd with one data file) holds
 * less than `bytes` of voxels, or less compressed data than its header says. Lists and patterns of
 * data files are left to ITK. */
void radmill_meta_check(const char *path, std::size_t bytes);

#endif
