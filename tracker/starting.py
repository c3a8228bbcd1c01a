"""What every process asks that goes on running: is it safe to start?"""

from collections.abc import Iterable, Iterator

from django.core import checks
from django.core.management import CommandError

TAG = "start"  # of the checks in tracker/config/startup.py


def refuse_if(reasons: Iterable[str]) -> None:
    """Raises CommandError with everything that is in the way."""
    if found := list(reasons):
        raise CommandError("Accord does not start:\n" + "\n".join(f"  - {reason}" for reason in found))


def unsafe() -> Iterator[str]:
    """What would make running unsafe or impossible, each with what to do about it."""
    for found in checks.run_checks(tags=[TAG], include_deployment_checks=True):
        yield f"{found.msg} {found.hint}"
