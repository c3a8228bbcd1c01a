"""`make types`: the server's OpenAPI file, and from it the front end's types; with --check, are they fresh?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tools import install
from tools.database import manage
from tools.places import FRONTEND, NODE_MODULES, ROOT, environment, node_folder
from tools.steps import FailedError, Steps, quietly

SCHEMA = FRONTEND / "src" / "api" / "schema.ts"
OPENAPI = ROOT / "var" / "openapi.json"


def main() -> None:
    """Without --check, writes the types into the repository."""
    if "--check" in sys.argv:
        _check()
        return
    install.everything_for_tests(Steps(total=3))
    _write(SCHEMA)
    print(f"wrote {SCHEMA.relative_to(ROOT)}")


def _check() -> None:
    """Fails when the types in the repository are not those of the server."""
    fresh = ROOT / "var" / "schema.ts"
    _write(fresh)
    if not SCHEMA.exists() or SCHEMA.read_bytes() != fresh.read_bytes():
        raise FailedError(f"{SCHEMA.relative_to(ROOT)} is not what the server offers. Run:  make types")


def _write(types: Path) -> None:
    done = subprocess.run(manage("export_openapi"), cwd=ROOT, env=environment(), stdout=subprocess.PIPE, check=False)
    if done.returncode:
        raise FailedError("manage.py export_openapi failed; the lines above say why.")
    OPENAPI.parent.mkdir(exist_ok=True)
    OPENAPI.write_bytes(done.stdout)
    generator = NODE_MODULES / "openapi-typescript" / "bin" / "cli.js"
    command = [str(node_folder() / "node"), str(generator), str(OPENAPI), "--output", str(types)]
    quietly(command, log="types", cwd=FRONTEND)


if __name__ == "__main__":
    main()
