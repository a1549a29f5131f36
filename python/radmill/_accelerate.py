"""pyradiomics, served by radmill's engine: radmill.accelerate() and python -m radmill SCRIPT."""

import importlib
import logging
import os
import sys

SCRIPT = "RADMILL_SCRIPT"  # for workers that are started anew: the script whose functions they run

log = logging.getLogger("radiomics.radmill")


def accelerate() -> str:
    """Has this process's pyradiomics served by radmill, from now on and for extractors that there are
    already. What radmill does not serve goes to pyradiomics with one line in the log. Where pyradiomics
    is not installed, `import radiomics` gives radmill.radiomics in this process.

    -> "pyradiomics" or "radmill": whose `radiomics` it is. A second call changes nothing.
    """
    try:
        theirs = importlib.import_module("radiomics.featureextractor")
    except ImportError:
        _take_the_name()
        return "radmill"
    if theirs.__name__.startswith("radmill") or hasattr(theirs, "RADMILL"):
        return "radmill"
    _patch(theirs.RadiomicsFeatureExtractor)
    return "pyradiomics"


def _take_the_name():
    """Our modules under pyradiomics' names."""
    ours = importlib.import_module("radmill.radiomics")
    names = ["base", "featureextractor", "imageoperations", *ours._CLASSES]
    sys.modules["radiomics"] = ours
    for name in names:
        sys.modules["radiomics." + name] = importlib.import_module("radmill.radiomics." + name)
    sys.modules["radiomics.featureextractor"].RADMILL = True


def _patch(extractor):
    import functools

    from .radiomics.featureextractor import RadiomicsFeatureExtractor as Ours

    original = extractor.execute
    if hasattr(original, "radmill"):
        return

    @functools.wraps(original)
    def execute(self, imageFilepath, maskFilepath, label=None, label_channel=None, voxelBased=False):
        given = (imageFilepath, maskFilepath, label, label_channel, voxelBased)
        reason = _not_ours(self, extractor)
        if reason is None:
            try:
                return Ours.execute(_Stand(self), *given)
            except Exception as e:  # pyradiomics says what it thinks of the case
                reason = e
        log.info("radmill leaves this case to pyradiomics: %s", reason)
        return original(self, *given)

    execute.radmill = True
    extractor.execute = execute


# What execute calls: a script that has put its own in place means it.
_STEPS = ("loadImage", "computeShape", "computeFeatures", "_setTolerance")


def _not_ours(one, extractor):
    """Why a case is pyradiomics', or None."""
    for name in _STEPS:
        if name in vars(one) or getattr(type(one), name) is not getattr(extractor, name):
            return f"{name} is not pyradiomics' own"
    from .radiomics import _serve

    unknown = [name for name in one.enabledFeatures if name not in _serve.FEATURES]
    if unknown:
        return f"the class {unknown[0]} is not known"
    return None


class _Stand:
    """An extractor of pyradiomics in the place of one of ours."""

    def __init__(self, one):
        from .radiomics.featureextractor import RadiomicsFeatureExtractor as Ours

        self.settings, self.enabledFeatures = one.settings, one.enabledFeatures
        self.enabledImagetypes = one.enabledImagetypes
        self._wanted = Ours._wanted.__get__(self)
        self._diagnostics = Ours._diagnostics.__get__(self)


def run_script(arguments) -> None:
    """The script as the main program, under accelerate()."""
    import types

    script = os.path.abspath(arguments[0])
    sys.argv[:] = arguments
    sys.path[0] = os.path.dirname(script)
    accelerate()
    _follow_workers(script)
    main = types.ModuleType("__main__")
    main.__file__ = script
    main.__builtins__ = __builtins__
    sys.modules["__main__"] = main
    with open(script, "rb") as f:
        code = compile(f.read(), script, "exec")
    exec(code, main.__dict__)


def _follow_workers(script):
    """Workers that are started anew (spawn, forkserver) import _worker.py in place of the script; it
    patches pyradiomics and then runs the script as such workers do."""
    from multiprocessing import spawn

    os.environ[SCRIPT] = script
    prepare = spawn.get_preparation_data

    def get_preparation_data(name):
        data = prepare(name)
        data.pop("init_main_from_name", None)
        data["init_main_from_path"] = os.path.join(os.path.dirname(__file__), "_worker.py")
        return data

    spawn.get_preparation_data = get_preparation_data
