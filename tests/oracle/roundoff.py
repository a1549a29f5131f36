"""Where pyradiomics' maximal correlation coefficient hangs on the sign of a round-off.

An angle whose second eigenvalue is mathematically 0 (a matrix of rank one) counts as 0 when LAPACK finds +1e-17, and is left out
of the mean when it finds -1e-17; the same matrix with its grey levels in another order may go the other way. `watch()` keeps the
eigenvalues of every extraction, so that a value can be held against all means that the signs allow."""
import numpy as np
from radiomics import glcm

EPS = 2.0**-52
NOTHING = 1e-10
watched = []


def watch():
    plain = glcm.RadiomicsGLCM.getMCCFeatureValue

    def watching(self):
        found, solve = [], np.linalg.eigvals
        np.linalg.eigvals = lambda q: found.append(solve(q)) or found[-1]
        try:
            return plain(self)
        finally:
            np.linalg.eigvals = solve
            watched.append(found[0].copy() if found else None)

    glcm.RadiomicsGLCM.getMCCFeatureValue = watching


def means(eigenvalues):
    """All values that one MCC could have: each second eigenvalue of nothing is 0 or left out."""
    if eigenvalues is None or eigenvalues.shape[0] != 1 or eigenvalues.shape[2] < 2:
        return []
    second = np.sort(eigenvalues[0], axis=-1)[:, -2]
    nothing = np.abs(second) < NOTHING
    roots = np.sqrt(second[~nothing].astype(complex))
    counted = np.arange(nothing.sum() + 1) + len(roots)
    return [float(np.real(roots.sum() / n)) if n else float("nan") for n in counted] if nothing.any() else []
