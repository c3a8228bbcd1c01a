"""Builds the front end where it is not built yet from these very sources."""

from tools import install
from tools.steps import Steps

if __name__ == "__main__":
    install.front_end(Steps(total=1))
