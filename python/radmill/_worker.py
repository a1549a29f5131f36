"""Stands for a script in the workers of its pools (_accelerate.py)."""

import os
import runpy

import radmill
from radmill._accelerate import SCRIPT, _follow_workers

radmill.accelerate()
_follow_workers(os.environ[SCRIPT])
globals().update({name: value for name, value in
                  runpy.run_path(os.environ[SCRIPT], run_name="__mp_main__").items()
                  if not name.startswith("__") or name == "__doc__"})
