"""`make test`: run the stages, or those named as arguments or in ONLY=, and sum them up."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tools import install, system
from tools.places import environment
from tools.stages import Command, Stage, on_request, stages
from tools.steps import FailedError, Steps, seconds

OK, FAILED, WARNING, NOT_RUN = "ok", "FAILED", "warning", "not run"
SAID_AGAIN = 60  # lines of a failed stage, shown again at the end, where whoever looks looks first


@dataclass
class Result:
    stage: Stage
    outcome: str
    duration: float = 0
    note: str = ""
    said: str = ""


def main() -> None:
    install.require_python()
    names = [*sys.argv[1:], *os.environ.get("ONLY", "").split()]
    _chosen(names)  # a stage that does not exist is said before anything is installed
    install.everything_for_tests(Steps(total=3))
    results = [_run(stage) for stage in _chosen(names)]  # asked again: where Node is, is known only now
    print(_summary(results), flush=True)
    if any(result.outcome == FAILED for result in results):
        raise SystemExit(1)


def _chosen(names: list[str]) -> list[Stage]:
    known = {stage.name: stage for stage in [*stages(), *on_request()]}
    if unknown := set(names) - set(known):
        raise FailedError(f"There is no stage {', '.join(sorted(unknown))}. There are: {', '.join(known)}.")
    return [known[name] for name in names] or stages()


def _run(stage: Stage) -> Result:
    print(f"\n━━ {stage.name}: {stage.title} ━━", flush=True)
    started = time.monotonic()
    if absent := system.provide(list(stage.packages)):
        return _not_run(stage, absent)
    failures = _failures(stage)
    outcome = OK if not failures else WARNING if stage.only_warns else FAILED
    return Result(stage, outcome, time.monotonic() - started, said="\n".join(failures))


def _not_run(stage: Stage, absent: list[str]) -> Result:
    """Elsewhere than in CI, a machine without a server still runs the rest."""
    note = f"install {' '.join(absent)}"
    print(f"not run; it needs:  apt-get install {' '.join(absent)}", flush=True)
    return Result(stage, FAILED if os.environ.get("CI") == "true" else NOT_RUN, note=note)


def _failures(stage: Stage) -> list[str]:
    """What the commands that failed said last. Every command runs, also after one has failed."""
    if not stage.at_once:
        answers: Iterable[str | None] = map(_run_in_view, stage.commands)
        return [said for said in list(answers) if said is not None]
    with ThreadPoolExecutor(max_workers=2) as pool:
        return [said for said in list(pool.map(_run_aside, stage.commands)) if said is not None]


def _run_in_view(command: Command) -> str | None:
    """Passes its output on as it comes. None where it passed, else the last lines."""
    with _started(command) as running:
        assert running.stdout is not None
        said = b""
        while some := os.read(running.stdout.fileno(), 65_536):
            sys.stdout.buffer.write(some)
            sys.stdout.buffer.flush()
            said = (said + some)[-100_000:]
    return _last_lines(command, said) if running.returncode else None


def _run_aside(command: Command) -> str | None:
    """Shows its output only where it failed."""
    started = time.monotonic()
    with _started(command) as running:
        said, _ = running.communicate()
    line = f"{'FAILED' if running.returncode else 'ok':7} {command.title} ({seconds(time.monotonic() - started)})"
    print(line + (f"\n{said.decode(errors='replace')}" if running.returncode else ""), flush=True)
    return _last_lines(command, said) if running.returncode else None


def _started(command: Command) -> subprocess.Popen[bytes]:
    colours = {"FORCE_COLOR": "1"} if sys.stdout.isatty() else {}
    return subprocess.Popen(
        command.arguments,
        cwd=command.folder,
        env=environment() | colours,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def _last_lines(command: Command, said: bytes) -> str:
    lines = said.decode(errors="replace").splitlines()[-SAID_AGAIN:]
    return "\n".join([f"{command.title}:", *lines])


def _summary(results: list[Result]) -> str:
    rows = [
        f"  {result.outcome:8} {seconds(result.duration):>12}  {result.stage.title}"
        + (f" ({result.note})" if result.note else "")
        for result in results
    ]
    total = seconds(sum(result.duration for result in results))
    failed = sum(result.outcome == FAILED for result in results)
    verdict = f"{failed} failed" if failed else "nothing failed"
    again = [
        f"\n━━ {result.stage.name} {result.outcome}; its last lines ━━\n{result.said}"
        for result in results
        if result.said
    ]
    return "\n".join([*again, "\n━━ summary ━━", *rows, f"  {verdict}, {total} in all"])


if __name__ == "__main__":
    main()
