"""peer.py IMAGE MASK PARAMS classes|types, in the Python that has pyradiomics: one case by its own command, and processor
seconds of its own calls as JSON, by feature class (construction and execution) or by image type (its generator alone).
PARAMS - is the defaults."""
import json
import logging
import sys
import time

import radiomics
from radiomics import featureextractor, imageoperations

seconds = {}


def spend(name, start):
    seconds[name] = seconds.get(name, 0) + time.process_time() - start


def timed(name, call):
    def inner(*a, **k):
        start = time.process_time()
        try:
            return call(*a, **k)
        finally:
            spend(name, start)

    return inner


def timed_generator(name, generator):
    def inner(*a, **k):
        images = generator(*a, **k)
        while True:
            start = time.process_time()
            image = next(images, None)
            spend(name, start)
            if image is None:
                return
            yield image

    return inner


def time_classes():
    for name, cls in radiomics.getFeatureClasses().items():
        cls.__init__ = timed(name, cls.__init__)
        cls.execute = timed(name, cls.execute)


def time_types():
    for name in radiomics.getImageTypes():
        call = f"get{name}Image"
        setattr(imageoperations, call, timed_generator(name, getattr(imageoperations, call)))


def main():
    image, mask, params, what = sys.argv[1:5]
    radiomics.logger.setLevel(logging.ERROR)
    {"classes": time_classes, "types": time_types}[what]()
    extractor = featureextractor.RadiomicsFeatureExtractor(*([] if params == "-" else [params]))
    extractor.execute(image, mask)
    print(json.dumps(seconds))


main()
