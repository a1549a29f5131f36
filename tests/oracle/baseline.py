"""Import before NumPy: makes pyradiomics' values those of any x86-64 machine.

NumPy's logarithm, exponential function and complex product differ in the last digit between processors with and without AVX-512
or fused multiplication, and so does what hangs on that digit: a voxel on the edge of a bin, the skewness of a flat region. Without
these instructions NumPy calls the C library, as radfeat does."""
import os
import warnings

NOT_BASELINE = ["FMA3", "AVX2", "AVX512F", "AVX512CD", "AVX512_KNL", "AVX512_KNM", "AVX512_SKX", "AVX512_CLX", "AVX512_CNL", "AVX512_ICL"]
os.environ["NPY_DISABLE_CPU_FEATURES"] = " ".join(NOT_BASELINE)
for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS"):
    os.environ[threads] = "1"
warnings.simplefilter("ignore")  # NumPy tells of features that the machine has not
