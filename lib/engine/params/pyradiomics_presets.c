/* Built-in parameter files with settings that are usual for cohorts in radiotherapy. */
#include "engine/params/pyradiomics.h"

#define CLASSES                                                                                    \
    "featureClass:\n"                                                                              \
    "  firstorder:\n"                                                                              \
    "  shape:\n"                                                                                   \
    "  glcm:\n"                                                                                    \
    "  glrlm:\n"                                                                                   \
    "  glszm:\n"                                                                                   \
    "  gldm:\n"                                                                                    \
    "  ngtdm:\n"

/* PET in SUV: voxels of about 4 mm, so 3 mm and fine bins; two tracers, two ranges of uptake. */
#define PET(bin_width, sigma)                                                                      \
    "setting:\n"                                                                                   \
    "  binWidth: " bin_width "\n"                                                                  \
    "  resampledPixelSpacing: [3, 3, 3]\n"                                                         \
    "  interpolator: sitkBSpline\n"                                                                \
    "  distances: [1]\n"                                                                           \
    "imageType:\n"                                                                                 \
    "  Original: {}\n"                                                                             \
    "  LoG: {sigma: " sigma "}\n"                                                                  \
    "  Wavelet: {wavelet: coif1}\n" CLASSES

const struct preset pyradiomics_presets[] = {
    {"ct", "CT: 1 mm, bins of 25, LoG and wavelets",
     "setting:\n"
     "  binWidth: 25\n"
     "  resampledPixelSpacing: [1, 1, 1]\n"
     "  interpolator: sitkBSpline\n"
     "  distances: [1, 2]\n"
     "  minimumROISize: 64\n"
     "  minimumROIDimensions: 2\n"
     "imageType:\n"
     "  Original: {}\n"
     "  LoG: {sigma: [1.0, 2.0, 3.0, 5.0]}\n"
     "  Wavelet: {wavelet: coif1}\n" CLASSES},
    /* MR intensities have no unit: a fixed number of bins over whatever range there is */
    {"mr", "MR: 1 mm, 64 bins, LoG",
     "setting:\n"
     "  binCount: 64\n"
     "  resampledPixelSpacing: [1, 1, 1]\n"
     "  interpolator: sitkBSpline\n"
     "  distances: [1]\n"
     "imageType:\n"
     "  Original: {}\n"
     "  LoG: {sigma: [2.0, 3.0, 4.0]}\n" CLASSES},
    {"pet-fdg", "PET with FDG in SUV: 3 mm, bins of 0.25, LoG and wavelets",
     PET("0.25", "[1.0, 2.0, 3.0]")},
    {"pet-psma", "PET with PSMA in SUV: 3 mm, bins of 0.5, LoG and wavelets",
     PET("0.5", "[2.0, 3.0, 4.0]")},
    {0},
};
