"""`make messages`: installs what is needed, then brings the server's catalogue of texts up to date (tools/catalogue.py)."""

from __future__ import annotations

import os

from tools import install
from tools.places import PYTHON, ROOT, environment
from tools.steps import Steps

if __name__ == "__main__":
    install.require_python()
    install.everything_for_tests(Steps(total=3))
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "-m", "tools.catalogue"], environment())
