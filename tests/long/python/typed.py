"""What a user of the package writes who has mypy --strict look at it: nothing to complain of but the last line, which is wrong."""

import collections
from typing import Any, Dict, List

import numpy as np
import radmill
from radmill import radiomics
from radmill.radiomics import featureextractor, glcm, imageoperations


def one(image: str, mask: str) -> float:
    features = radmill.extract(image, mask, settings={"binWidth": 10}, label=1)
    series = features.to_series()
    print(series.head(), features.units["x"], features.codes, features.reasons, features.diagnostics)
    value: float = features["original_glcm_Contrast"]
    for name, number in features.items():
        print(name.upper(), number + 1.0)
    return value


def many(cases: List[radmill.Case]) -> List[str]:
    rows = radmill.extract_many(cases, jobs=2, isolate=True, timeout_seconds=3.0, memory_mb=100)
    frame = rows.to_frame()
    print(frame.shape)
    return [row.state for row in rows if row.features is None or row.seconds > 1]


def arrays() -> Dict[str, "np.ndarray[Any, Any]"]:
    image = radmill.Image(np.zeros((3, 3, 3)), spacing=(1.0, 1.0, 2.0))
    print(image.size, image.to_simpleitk())
    maps = radmill.maps(image, np.ones((3, 3, 3), dtype=np.uint8))
    return {name: np.asarray(one) for name, one in maps.items()}


def lists() -> List[str]:
    names = [f.name for f in radmill.features()] + [s.name for s in radmill.settings()]
    return names + [f.name for f in radmill.filters()] + [p.name for p in radmill.presets()]


def tables() -> None:
    frame = radmill.read_results("out", "status")
    print(frame["patient_id"].str.upper())


def errors() -> str:
    try:
        radmill.Params({"setting": {"binWidth": -1}})
    except radmill.RefusedError as e:
        return str(e.code)
    return radmill.accelerate()


def dropin() -> None:
    extractor = featureextractor.RadiomicsFeatureExtractor(binWidth=10)
    extractor.enableImageTypes(Wavelet={})
    extractor.enableFeatureClassByName("glcm")
    extractor.settings["binWidth"] = 12
    result: "collections.OrderedDict[str, Any]" = extractor.execute("a", "b", label=2)
    for key, value in result.items():
        print(key.upper(), value)


def classes(image: Any, mask: Any) -> List[str]:
    one = glcm.RadiomicsGLCM(image, mask, binWidth=10)
    one.enableAllFeatures()
    print(one.execute(), one.getContrastFeatureValue())
    box, _ = imageoperations.checkMask(image, mask)
    for filtered, name, _settings in imageoperations.getWaveletImage(image, mask, level=1):
        print(name, imageoperations.cropToTumorMask(filtered, mask, box))
    radiomics.setVerbosity(10)
    return list(radiomics.getFeatureClasses()) + radiomics.getImageTypes()


wrong: int = radmill.extract("a", "b")
