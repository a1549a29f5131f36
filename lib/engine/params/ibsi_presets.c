/* The configurations of IBSI's reference manuals as parameter files: chapter 1 (a digital phantom,
 * A to E, the validation cohort) and chapter 2 (phases 1 to 3). */
#include "engine/params/ibsi.h"

const struct preset ibsi_presets[] = {
    {"ibsi1-digital", "IBSI 1, digital phantom",
     "profile: ibsi\n"
     "discretisation: {method: none}\n"
     "aggregation: all\n"},
    {"ibsi1-a", "IBSI 1, configuration A",
     "profile: ibsi\n"
     "resegmentation: {range: [-500, 400]}\n"
     "discretisation: {method: FBS, width: 25}\n"
     "aggregation: [2D_avg, 2D_slice_merge, 2.5D_dir_merge, 2.5D_merge, 2D, 2.5D]\n"},
    {"ibsi1-b", "IBSI 1, configuration B",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [2, 2, 0], image: linear, mask: linear, rounding: true}\n"
     "resegmentation: {range: [-500, 400]}\n"
     "discretisation: {method: FBN, bins: 32}\n"
     "aggregation: [2D_avg, 2D_slice_merge, 2.5D_dir_merge, 2.5D_merge, 2D, 2.5D]\n"},
    {"ibsi1-c", "IBSI 1, configuration C",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [2, 2, 2], image: linear, mask: linear, rounding: true}\n"
     "resegmentation: {range: [-1000, 400]}\n"
     "discretisation: {method: FBS, width: 25}\n"
     "intensity_volume_histogram: {method: FBS, width: 2.5}\n"
     "aggregation: [3D_avg, 3D_merge, 3D]\n"},
    {"ibsi1-d", "IBSI 1, configuration D",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [2, 2, 2], image: linear, mask: linear, rounding: true}\n"
     "resegmentation: {sigma: 3}\n"
     "discretisation: {method: FBN, bins: 32}\n"
     "aggregation: [3D_avg, 3D_merge, 3D]\n"},
    {"ibsi1-e", "IBSI 1, configuration E",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [2, 2, 2], image: cubic, mask: linear, rounding: true}\n"
     "resegmentation: {range: [-1000, 400], sigma: 3}\n"
     "discretisation: {method: FBN, bins: 32}\n"
     "intensity_volume_histogram: {method: FBN, bins: 1000}\n"
     "aggregation: [3D_avg, 3D_merge, 3D]\n"},
    {"ibsi1-cohort-ct", "IBSI 1, validation cohort, CT",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear, rounding: true}\n"
     "resegmentation: {range: [-200, 200]}\n"
     "discretisation: {method: FBS, width: 10}\n"
     "aggregation: [3D_merge, 3D]\n"},
    {"ibsi1-cohort-mr", "IBSI 1, validation cohort, MR",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear}\n"
     "resegmentation: {range: [0, .inf]}\n"
     "discretisation: {method: FBS, width: 10}\n"
     "intensity_volume_histogram: {method: FBS, width: 1}\n"
     "aggregation: [3D_merge, 3D]\n"},
    {"ibsi1-cohort-pt", "IBSI 1, validation cohort, PET",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [3, 3, 3], image: cubic, mask: linear}\n"
     "resegmentation: {range: [0, .inf]}\n"
     "discretisation: {method: FBS, width: 0.25}\n"
     "intensity_volume_histogram: {method: FBS, width: 0.1}\n"
     "aggregation: [3D_merge, 3D]\n"},
    {"ibsi2-1.a", "IBSI 2, phase 2, configuration 1.A",
     "profile: ibsi\n"
     "resegmentation: {range: [-1000, 400]}\n"
     "filters: [none]\n"
     "features: [statistics]\n"},
    {"ibsi2-1.b", "IBSI 2, phase 2, configuration 1.B",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear, rounding: true}\n"
     "resegmentation: {range: [-1000, 400]}\n"
     "filters: [none]\n"
     "features: [statistics]\n"},
    {"ibsi2-2.a", "IBSI 2, phase 2, configuration 2.A",
     "profile: ibsi\n"
     "resegmentation: {range: [-1000, 400]}\n"
     "filters: [{mean: {support: 5, dimensions: 2D}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-2.b", "IBSI 2, phase 2, configuration 2.B",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear, rounding: true}\n"
     "resegmentation: {range: [-1000, 400]}\n"
     "filters: [{mean: {support: 5}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-3.a", "IBSI 2, phase 2, configuration 3.A",
     "profile: ibsi\n"
     "resegmentation: {range: [-1000, 400]}\n"
     "filters: [{log: {sigma_mm: 1.5, dimensions: 2D}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-3.b", "IBSI 2, phase 2, configuration 3.B",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear, rounding: true}\n"
     "resegmentation: {range: [-1000, 400]}\n"
     "filters: [{log: {sigma_mm: 1.5}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-4.a", "IBSI 2, phase 2, configuration 4.A",
     "profile: ibsi\n"
     "resegmentation: {range: [-1000, 400]}\n"
     "filters: [{laws: {kernels: L5E5, energy_distance: 7, dimensions: 2D}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-4.b", "IBSI 2, phase 2, configuration 4.B",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear, rounding: true}\n"
     "resegmentation: {range: [-1000, 400]}\n"
     "filters: [{laws: {kernels: L5E5E5, energy_distance: 7}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-5.a", "IBSI 2, phase 2, configuration 5.A",
     "profile: ibsi\n"
     "resegmentation: {range: [-1000, 400]}\n"
     "filters: [{gabor: {sigma_mm: 5, lambda_mm: 2, gamma: 1.5, angle_step_deg: 22.5, "
     "orthogonal_planes: false}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-5.b", "IBSI 2, phase 2, configuration 5.B",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear, rounding: true}\n"
     "resegmentation: {range: [-1000, 400]}\n"
     "filters: [{gabor: {sigma_mm: 5, lambda_mm: 2, gamma: 1.5, angle_step_deg: 22.5, "
     "orthogonal_planes: true}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-6.a", "IBSI 2, phase 2, configuration 6.A",
     "profile: ibsi\n"
     "resegmentation: {range: [-1000, 400]}\n"
     "filters: [{wavelet: {family: db3, decomposition: LH, level: 1, dimensions: 2D}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-6.b", "IBSI 2, phase 2, configuration 6.B",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear, rounding: true}\n"
     "resegmentation: {range: [-1000, 400]}\n"
     "filters: [{wavelet: {family: db3, decomposition: LLH, level: 1}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-7.a", "IBSI 2, phase 2, configuration 7.A",
     "profile: ibsi\n"
     "resegmentation: {range: [-1000, 400]}\n"
     "filters: [{wavelet: {family: db3, decomposition: HH, level: 2, dimensions: 2D}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-7.b", "IBSI 2, phase 2, configuration 7.B",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear, rounding: true}\n"
     "resegmentation: {range: [-1000, 400]}\n"
     "filters: [{wavelet: {family: db3, decomposition: HHH, level: 2}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-8.a", "IBSI 2, phase 2, configuration 8.A",
     "profile: ibsi\n"
     "resegmentation: {range: [-1000, 400]}\n"
     "filters: [{nonseparable: {family: simoncelli, level: 1, dimensions: 2D}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-8.b", "IBSI 2, phase 2, configuration 8.B",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear, rounding: true}\n"
     "resegmentation: {range: [-1000, 400]}\n"
     "filters: [{nonseparable: {family: simoncelli, level: 1}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-9.a", "IBSI 2, phase 2, configuration 9.A",
     "profile: ibsi\n"
     "resegmentation: {range: [-1000, 400]}\n"
     "filters: [{nonseparable: {family: simoncelli, level: 2, dimensions: 2D}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-9.b", "IBSI 2, phase 2, configuration 9.B",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear, rounding: true}\n"
     "resegmentation: {range: [-1000, 400]}\n"
     "filters: [{nonseparable: {family: simoncelli, level: 2}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-1-ct", "IBSI 2, phase 3, filter 1, CT",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear, rounding: true}\n"
     "resegmentation: {range: [-200, 200]}\n"
     "filters: [none]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-1-mr", "IBSI 2, phase 3, filter 1, MR",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear}\n"
     "resegmentation: {range: [0, .inf]}\n"
     "filters: [none]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-1-pt", "IBSI 2, phase 3, filter 1, PET",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [3, 3, 3], image: cubic, mask: linear}\n"
     "resegmentation: {range: [0, .inf]}\n"
     "filters: [none]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-2-ct", "IBSI 2, phase 3, filter 2, CT",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear, rounding: true}\n"
     "resegmentation: {range: [-200, 200]}\n"
     "filters: [{mean: {support: 3}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-2-mr", "IBSI 2, phase 3, filter 2, MR",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear}\n"
     "resegmentation: {range: [0, .inf]}\n"
     "filters: [{mean: {support: 3}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-2-pt", "IBSI 2, phase 3, filter 2, PET",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [3, 3, 3], image: cubic, mask: linear}\n"
     "resegmentation: {range: [0, .inf]}\n"
     "filters: [{mean: {support: 3}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-3-ct", "IBSI 2, phase 3, filter 3, CT",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear, rounding: true}\n"
     "resegmentation: {range: [-200, 200]}\n"
     "filters: [{log: {sigma_mm: 3}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-3-mr", "IBSI 2, phase 3, filter 3, MR",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear}\n"
     "resegmentation: {range: [0, .inf]}\n"
     "filters: [{log: {sigma_mm: 3}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-3-pt", "IBSI 2, phase 3, filter 3, PET",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [3, 3, 3], image: cubic, mask: linear}\n"
     "resegmentation: {range: [0, .inf]}\n"
     "filters: [{log: {sigma_mm: 3}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-4-ct", "IBSI 2, phase 3, filter 4, CT",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear, rounding: true}\n"
     "resegmentation: {range: [-200, 200]}\n"
     "filters: [{laws: {kernels: S5E5L5, energy_distance: 5}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-4-mr", "IBSI 2, phase 3, filter 4, MR",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear}\n"
     "resegmentation: {range: [0, .inf]}\n"
     "filters: [{laws: {kernels: S5E5L5, energy_distance: 5}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-4-pt", "IBSI 2, phase 3, filter 4, PET",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [3, 3, 3], image: cubic, mask: linear}\n"
     "resegmentation: {range: [0, .inf]}\n"
     "filters: [{laws: {kernels: S5E5L5, energy_distance: 5}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-5-ct", "IBSI 2, phase 3, filter 5, CT",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear, rounding: true}\n"
     "resegmentation: {range: [-200, 200]}\n"
     "filters: [{gabor: {sigma_mm: 3, lambda_mm: 3, gamma: 1, angles_deg: [-112.5], "
     "angle_step_deg: 0, orthogonal_planes: false}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-5-mr", "IBSI 2, phase 3, filter 5, MR",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear}\n"
     "resegmentation: {range: [0, .inf]}\n"
     "filters: [{gabor: {sigma_mm: 3, lambda_mm: 3, gamma: 1, angles_deg: [-112.5], "
     "angle_step_deg: 0, orthogonal_planes: false}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-5-pt", "IBSI 2, phase 3, filter 5, PET",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [3, 3, 3], image: cubic, mask: linear}\n"
     "resegmentation: {range: [0, .inf]}\n"
     "filters: [{gabor: {sigma_mm: 3, lambda_mm: 3, gamma: 1, angles_deg: [-112.5], "
     "angle_step_deg: 0, orthogonal_planes: false}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-6-ct", "IBSI 2, phase 3, filter 6, CT",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear, rounding: true}\n"
     "resegmentation: {range: [-200, 200]}\n"
     "filters: [{wavelet: {family: coif3, decomposition: LHH, level: 1}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-6-mr", "IBSI 2, phase 3, filter 6, MR",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear}\n"
     "resegmentation: {range: [0, .inf]}\n"
     "filters: [{wavelet: {family: coif3, decomposition: LHH, level: 1}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-6-pt", "IBSI 2, phase 3, filter 6, PET",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [3, 3, 3], image: cubic, mask: linear}\n"
     "resegmentation: {range: [0, .inf]}\n"
     "filters: [{wavelet: {family: coif3, decomposition: LHH, level: 1}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-7-ct", "IBSI 2, phase 3, filter 7, CT",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear, rounding: true}\n"
     "resegmentation: {range: [-200, 200]}\n"
     "filters: [{wavelet: {family: coif3, decomposition: HHH, level: 2, pooling: max}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-7-mr", "IBSI 2, phase 3, filter 7, MR",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear}\n"
     "resegmentation: {range: [0, .inf]}\n"
     "filters: [{wavelet: {family: coif3, decomposition: HHH, level: 2, pooling: max}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-7-pt", "IBSI 2, phase 3, filter 7, PET",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [3, 3, 3], image: cubic, mask: linear}\n"
     "resegmentation: {range: [0, .inf]}\n"
     "filters: [{wavelet: {family: coif3, decomposition: HHH, level: 2, pooling: max}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-8-ct", "IBSI 2, phase 3, filter 8, CT",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear, rounding: true}\n"
     "resegmentation: {range: [-200, 200]}\n"
     "filters: [{nonseparable: {family: simoncelli, level: 1}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-8-mr", "IBSI 2, phase 3, filter 8, MR",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear}\n"
     "resegmentation: {range: [0, .inf]}\n"
     "filters: [{nonseparable: {family: simoncelli, level: 1}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-8-pt", "IBSI 2, phase 3, filter 8, PET",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [3, 3, 3], image: cubic, mask: linear}\n"
     "resegmentation: {range: [0, .inf]}\n"
     "filters: [{nonseparable: {family: simoncelli, level: 1}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-9-ct", "IBSI 2, phase 3, filter 9, CT",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear, rounding: true}\n"
     "resegmentation: {range: [-200, 200]}\n"
     "filters: [{nonseparable: {family: simoncelli, level: 2}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-9-mr", "IBSI 2, phase 3, filter 9, MR",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [1, 1, 1], image: cubic, mask: linear}\n"
     "resegmentation: {range: [0, .inf]}\n"
     "filters: [{nonseparable: {family: simoncelli, level: 2}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p3-9-pt", "IBSI 2, phase 3, filter 9, PET",
     "profile: ibsi\n"
     "interpolation: {spacing_mm: [3, 3, 3], image: cubic, mask: linear}\n"
     "resegmentation: {range: [0, .inf]}\n"
     "filters: [{nonseparable: {family: simoncelli, level: 2}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-1.a.1", "IBSI 2, phase 1, test 1.a.1",
     "profile: ibsi\n"
     "filters: [{mean: {support: 15, boundary: zero}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-1.a.2", "IBSI 2, phase 1, test 1.a.2",
     "profile: ibsi\n"
     "filters: [{mean: {support: 15, boundary: nearest}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-1.a.3", "IBSI 2, phase 1, test 1.a.3",
     "profile: ibsi\n"
     "filters: [{mean: {support: 15, boundary: periodic}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-1.a.4", "IBSI 2, phase 1, test 1.a.4",
     "profile: ibsi\n"
     "filters: [{mean: {support: 15, boundary: mirror}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-1.b.1", "IBSI 2, phase 1, test 1.b.1",
     "profile: ibsi\n"
     "filters: [{mean: {support: 15, boundary: zero, dimensions: 2D}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-2.a", "IBSI 2, phase 1, test 2.a",
     "profile: ibsi\n"
     "filters: [{log: {sigma_mm: 3, boundary: zero}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-2.b", "IBSI 2, phase 1, test 2.b",
     "profile: ibsi\n"
     "filters: [{log: {sigma_mm: 5, boundary: mirror}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-2.c", "IBSI 2, phase 1, test 2.c",
     "profile: ibsi\n"
     "filters: [{log: {sigma_mm: 5, boundary: mirror, dimensions: 2D}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-3.a.1", "IBSI 2, phase 1, test 3.a.1",
     "profile: ibsi\n"
     "filters: [{laws: {kernels: E5L5S5, rotations: false, energy_distance: 0, boundary: zero}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-3.a.2", "IBSI 2, phase 1, test 3.a.2",
     "profile: ibsi\n"
     "filters: [{laws: {kernels: E5L5S5, energy_distance: 0, boundary: zero}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-3.a.3", "IBSI 2, phase 1, test 3.a.3",
     "profile: ibsi\n"
     "filters: [{laws: {kernels: E5L5S5, energy_distance: 7, boundary: zero}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-3.b.1", "IBSI 2, phase 1, test 3.b.1",
     "profile: ibsi\n"
     "filters: [{laws: {kernels: E3W5R5, rotations: false, energy_distance: 0, boundary: "
     "mirror}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-3.b.2", "IBSI 2, phase 1, test 3.b.2",
     "profile: ibsi\n"
     "filters: [{laws: {kernels: E3W5R5, energy_distance: 0, boundary: mirror}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-3.b.3", "IBSI 2, phase 1, test 3.b.3",
     "profile: ibsi\n"
     "filters: [{laws: {kernels: E3W5R5, energy_distance: 7, boundary: mirror}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-3.c.1", "IBSI 2, phase 1, test 3.c.1",
     "profile: ibsi\n"
     "filters: [{laws: {kernels: L5S5, rotations: false, energy_distance: 0, boundary: mirror, "
     "dimensions: 2D}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-3.c.2", "IBSI 2, phase 1, test 3.c.2",
     "profile: ibsi\n"
     "filters: [{laws: {kernels: L5S5, energy_distance: 0, boundary: mirror, dimensions: 2D}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-3.c.3", "IBSI 2, phase 1, test 3.c.3",
     "profile: ibsi\n"
     "filters: [{laws: {kernels: L5S5, energy_distance: 7, boundary: mirror, dimensions: 2D}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-4.a.1", "IBSI 2, phase 1, test 4.a.1",
     "profile: ibsi\n"
     "filters: [{gabor: {sigma_mm: 10, lambda_mm: 4, gamma: 0.5, angles_deg: [60], angle_step_deg: "
     "0, orthogonal_planes: false, boundary: zero}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-4.a.2", "IBSI 2, phase 1, test 4.a.2",
     "profile: ibsi\n"
     "filters: [{gabor: {sigma_mm: 10, lambda_mm: 4, gamma: 0.5, angle_step_deg: 45, boundary: "
     "zero}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-4.b.1", "IBSI 2, phase 1, test 4.b.1",
     "profile: ibsi\n"
     "filters: [{gabor: {sigma_mm: 20, lambda_mm: 8, gamma: 2.5, angles_deg: [225], "
     "angle_step_deg: 0, orthogonal_planes: false, boundary: mirror}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-4.b.2", "IBSI 2, phase 1, test 4.b.2",
     "profile: ibsi\n"
     "filters: [{gabor: {sigma_mm: 20, lambda_mm: 8, gamma: 2.5, angle_step_deg: 22.5, boundary: "
     "mirror}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-5.a.1", "IBSI 2, phase 1, test 5.a.1",
     "profile: ibsi\n"
     "filters: [{wavelet: {family: db2, decomposition: LHL, rotations: false, boundary: zero}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-5.a.2", "IBSI 2, phase 1, test 5.a.2",
     "profile: ibsi\n"
     "filters: [{wavelet: {family: db2, decomposition: LHL, boundary: zero}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-6.a.1", "IBSI 2, phase 1, test 6.a.1",
     "profile: ibsi\n"
     "filters: [{wavelet: {family: coif1, decomposition: HHL, rotations: false, boundary: "
     "periodic}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-6.a.2", "IBSI 2, phase 1, test 6.a.2",
     "profile: ibsi\n"
     "filters: [{wavelet: {family: coif1, decomposition: HHL, boundary: periodic}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-7.a.1", "IBSI 2, phase 1, test 7.a.1",
     "profile: ibsi\n"
     "filters: [{wavelet: {family: haar, decomposition: LLL, level: 2, boundary: mirror}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-7.a.2", "IBSI 2, phase 1, test 7.a.2",
     "profile: ibsi\n"
     "filters: [{wavelet: {family: haar, decomposition: HHH, level: 2, boundary: mirror}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-8.a.1", "IBSI 2, phase 1, test 8.a.1",
     "profile: ibsi\n"
     "filters: [{nonseparable: {level: 1, boundary: periodic}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-8.a.2", "IBSI 2, phase 1, test 8.a.2",
     "profile: ibsi\n"
     "filters: [{nonseparable: {level: 2, boundary: periodic}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-8.a.3", "IBSI 2, phase 1, test 8.a.3",
     "profile: ibsi\n"
     "filters: [{nonseparable: {level: 3, boundary: periodic}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-9.a", "IBSI 2, phase 1, test 9.a",
     "profile: ibsi\n"
     "filters: [{log: {sigma_mm: 3, riesz_order: [1, 0, 0], boundary: zero}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-9.b.1", "IBSI 2, phase 1, test 9.b.1",
     "profile: ibsi\n"
     "filters: [{log: {sigma_mm: 3, riesz_order: [0, 2, 0], boundary: zero}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-9.b.2", "IBSI 2, phase 1, test 9.b.2",
     "profile: ibsi\n"
     "filters: [{log: {sigma_mm: 3, riesz_order: [0, 2, 0], riesz_steered: true, tensor_sigma_mm: "
     "3, boundary: zero}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-10.a", "IBSI 2, phase 1, test 10.a",
     "profile: ibsi\n"
     "filters: [{nonseparable: {level: 1, riesz_order: [1, 0, 0], boundary: zero}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-10.b.1", "IBSI 2, phase 1, test 10.b.1",
     "profile: ibsi\n"
     "filters: [{nonseparable: {level: 1, riesz_order: [0, 2, 0], boundary: nearest}}]\n"
     "features: [statistics]\n"},
    {"ibsi2-p1-10.b.2", "IBSI 2, phase 1, test 10.b.2",
     "profile: ibsi\n"
     "filters: [{nonseparable: {level: 1, riesz_order: [0, 2, 0], riesz_steered: true, "
     "tensor_sigma_mm: 3, boundary: nearest}}]\n"
     "features: [statistics]\n"},
    {0},
};
