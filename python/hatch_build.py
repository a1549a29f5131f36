"""Puts the shared object that make builds into the wheel, and names the wheel after the platform.

RADMILL_WHEEL_LIBRARY and RADMILL_WHEEL_PLATFORM: a library that has been built already, and the
platform that it is for (make wheel)."""

import os
import subprocess
import sysconfig

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NAME = "libradmill-python.so"


class LibraryHook(BuildHookInterface):
    def initialize(self, version, build_data):
        if version == "editable":
            raise RuntimeError("no editable installation: use PYTHONPATH=python and RADMILL_LIBRARY "
                               "(docs/python.md)")
        library = os.environ.get("RADMILL_WHEEL_LIBRARY")
        platform = os.environ.get("RADMILL_WHEEL_PLATFORM")
        if not library:
            library = os.path.join("build", "python", "stripped", NAME)
            subprocess.run(["make", "-j%d" % (os.cpu_count() or 1), "BUILD=build", library],
                           cwd=self.root, check=True)
        platform = platform or sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data["force_include"][os.path.join(self.root, library)] = "radmill/" + NAME
        build_data["pure_python"] = False
        build_data["tag"] = "py3-none-" + platform
