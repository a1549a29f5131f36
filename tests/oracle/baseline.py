"""Import before NumPy: makes pyradiomics' values those of any x86-64 machine.

NumPy's logarithm, exponential function and complex product differ in the last digit between processors with and without AVX-512
or fused multiplication, and so does what hangs on that digit: a voxel on the edge of a bin, the skewness of a flat region. Without
these instructions NumPy calls the C library, as radfeat does. One unit in the last place is enough: a direction of independent grey levels
counts in Imc2 as 0, or is left out of the mean."""
import os
import sys
import warnings

if "numpy" in sys.modules:  # it has chosen its functions already, and other values would be called differences
    raise ImportError("baseline is imported behind NumPy: import it first")

NOT_BASELINE = ["FMA3", "AVX2", "AVX512F", "AVX512CD", "AVX512_KNL", "AVX512_KNM", "AVX512_SKX", "AVX512_CLX", "AVX512_CNL", "AVX512_ICL"]
os.environ["NPY_DISABLE_CPU_FEATURES"] = " ".join(NOT_BASELINE)
for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS"):
    os.environ[threads] = "1"
warnings.simplefilter("ignore")  # NumPy tells of features that the machine has not
