"""python ibsi_peer.py mirp|pictologics IMAGE MASK: runs the configurations of IBSI that it reads, one a line, each warm, and
answers each with the processor time of the last run, the number of features, and one statistic (the mean), as JSON; null for what
the program does not have. The settings of MIRP are those of its own IBSI tests."""
import json
import sys
import time
import warnings

MIRP_FILTERS = {
    "1": {},
    "2": {"filter_kernels": "mean", "mean_filter_kernel_size": 5},
    "3": {"filter_kernels": "laplacian_of_gaussian", "laplacian_of_gaussian_sigma": 1.5, "laplacian_of_gaussian_kernel_truncate": 4.0},
    "4": {"filter_kernels": "laws", "laws_kernel": ("L5E5", "L5E5E5"), "laws_compute_energy": True, "laws_rotation_invariance": True,
          "laws_delta": 7, "laws_pooling_method": "max"},
    "5": {"filter_kernels": "gabor", "gabor_sigma": 5.0, "gabor_gamma": 1.5, "gabor_lambda": 2.0, "gabor_theta": 0.0, "gabor_theta_step": 22.5,
          "gabor_response": "modulus", "gabor_rotation_invariance": True, "gabor_pooling_method": "mean"},
    "6": {"filter_kernels": "separable_wavelet", "separable_wavelet_families": "db3", "separable_wavelet_set": ("LH", "LLH"),
          "separable_wavelet_rotation_invariance": True, "separable_wavelet_decomposition_level": 1, "separable_wavelet_pooling_method": "mean"},
    "7": {"filter_kernels": "separable_wavelet", "separable_wavelet_families": "db3", "separable_wavelet_set": ("HH", "HHH"),
          "separable_wavelet_rotation_invariance": True, "separable_wavelet_decomposition_level": 2, "separable_wavelet_pooling_method": "mean"},
    "8": {"filter_kernels": "nonseparable_wavelet", "nonseparable_wavelet_families": "simoncelli", "nonseparable_wavelet_decomposition_level": 1},
    "9": {"filter_kernels": "nonseparable_wavelet", "nonseparable_wavelet_families": "simoncelli", "nonseparable_wavelet_decomposition_level": 2},
}


def mirp_settings(config):
    if config == "e":
        return {"by_slice": False, "new_spacing": 2.0, "spline_order": 3, "anti_aliasing": False, "resegmentation_intensity_range": [-1000.0, 400.0],
                "resegmentation_sigma": 3.0, "base_feature_families": "all", "base_discretisation_method": "fixed_bin_number",
                "base_discretisation_n_bins": 32, "ivh_discretisation_method": "fixed_bin_number", "ivh_discretisation_n_bins": 1000,
                "glcm_spatial_method": ["3d_average", "3d_volume_merge"], "glrlm_spatial_method": ["3d_average", "3d_volume_merge"],
                "glszm_spatial_method": "3d", "gldzm_spatial_method": "3d", "ngtdm_spatial_method": "3d", "ngldm_spatial_method": "3d"}
    number, slices = config[0], config[2] == "a"
    common = {"by_slice": slices, "anti_aliasing": False, "resegmentation_intensity_range": [-1000.0, 400.0], "boundary_condition": "reflect",
              "response_map_feature_families": "statistics", "base_feature_families": "statistics" if number == "1" else "none"}
    if not slices:
        common.update(spline_order=3, new_spacing=1.0)
    own = {k: v[0 if slices else 1] if isinstance(v, tuple) else v for k, v in MIRP_FILTERS[number].items()}
    return {**common, **own}


def mirp(image, mask):
    from mirp import extract_features

    def run(config):
        table = extract_features(image=image, mask=mask, **mirp_settings(config))[0]
        mean = [c for c in table.columns if c.endswith("stat_mean")]
        return table.shape[1], float(table[mean[0]].iloc[0])

    return run


PICTOLOGICS_FILTERS = {
    "1": None,
    "2": {"type": "mean", "support": 5, "boundary": "mirror"},
    "3": {"type": "log", "sigma_mm": 1.5, "truncate": 4.0, "boundary": "mirror"},
    "4": {"type": "laws", "kernel": "L5E5E5", "compute_energy": True, "energy_distance": 7, "rotation_invariant": True, "pooling": "max",
          "boundary": "mirror"},
    "5": {"type": "gabor", "sigma_mm": 5.0, "lambda_mm": 2.0, "gamma": 1.5, "rotation_invariant": True, "delta_theta": 0.39269908169872414,
          "pooling": "average", "average_over_planes": True, "boundary": "mirror"},
    "6": {"type": "wavelet", "wavelet": "db3", "level": 1, "decomposition": "LLH", "rotation_invariant": True, "pooling": "average", "boundary": "mirror"},
    "7": {"type": "wavelet", "wavelet": "db3", "level": 2, "decomposition": "HHH", "rotation_invariant": True, "pooling": "average", "boundary": "mirror"},
    "8": {"type": "simoncelli", "level": 1, "boundary": "periodic"},
    "9": {"type": "simoncelli", "level": 2, "boundary": "periodic"},
}


def pictologics_steps(config):
    spacing = (2.0, 2.0, 2.0) if config == "e" else (1.0, 1.0, 1.0)
    steps = [{"step": "resample", "params": {"new_spacing": spacing, "interpolation": "cubic", "round_intensities": True}},
             {"step": "resegment", "params": {"range_min": -1000, "range_max": 400}}]
    if config == "e":
        steps += [{"step": "filter_outliers", "params": {"sigma": 3.0}}, {"step": "discretise", "params": {"method": "FBN", "n_bins": 32}},
                  {"step": "extract_features", "params": {
                      "families": ["intensity", "morphology", "texture", "histogram", "ivh"], "include_spatial_intensity": True,
                      "include_local_intensity": True, "ivh_discretisation": {"method": "FBN", "n_bins": 1000}}}]
        return steps
    if PICTOLOGICS_FILTERS[config[0]]:
        steps.append({"step": "filter", "params": PICTOLOGICS_FILTERS[config[0]]})
    return steps + [{"step": "extract_features", "params": {"families": ["intensity"], "include_spatial_intensity": False, "include_local_intensity": False}}]


def pictologics(image, mask):
    from pictologics import RadiomicsPipeline

    def run(config):
        if config.endswith(".a"):
            return None  # its filters work in space only
        pipeline = RadiomicsPipeline(load_standard=False)
        pipeline.add_config(config, pictologics_steps(config))
        values = pipeline.run(image, mask, config_names=[config])[config]
        mean = [name for name in values.index if name.startswith("mean_intensity")]
        return len(values), float(values[mean[0]])

    return run


def main():
    warnings.simplefilter("ignore")
    run = {"mirp": mirp, "pictologics": pictologics}[sys.argv[1]](sys.argv[2], sys.argv[3])
    answers = sys.stdout
    sys.stdout = sys.stderr  # what the programs print is no answer
    for line in sys.stdin:
        config, times = line.split()
        least = said = None
        for _ in range(int(times)):
            start = time.process_time()
            said = run(config)
            least = time.process_time() - start  # of the last run: warm
        print(json.dumps(said and {"seconds": least, "features": said[0], "mean": said[1]}), file=answers, flush=True)


if __name__ == "__main__":
    main()
