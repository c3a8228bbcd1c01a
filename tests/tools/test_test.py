"""What `make test` does with stages that fail, only warn, or lack a server."""

import sys

import pytest

from tools import system, test
from tools.stages import Command, Stage, stages

PASSES = Command("passes", [sys.executable, "-c", ""])
FAILS = Command("fails", [sys.executable, "-c", "raise SystemExit(1)"])


@pytest.fixture(autouse=True)
def nothing_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "provide", list)
    monkeypatch.delenv("CI", raising=False)


def outcome(stage: Stage) -> str:
    return test._run(stage).outcome


@pytest.mark.parametrize("at_once", [False, True])
def test_one_failed_command_fails_the_stage(at_once: bool) -> None:
    assert outcome(Stage("s", "", [PASSES, PASSES], at_once=at_once)) == test.OK
    assert outcome(Stage("s", "", [PASSES, FAILS, PASSES], at_once=at_once)) == test.FAILED


def test_an_early_warning_fails_nothing() -> None:
    assert outcome(Stage("s", "", [FAILS], only_warns=True)) == test.WARNING


def test_a_missing_server_is_named_and_fails_only_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage("s", "", [PASSES], packages=["postgresql"])
    result = test._run(stage)
    assert (result.outcome, result.note) == (test.NOT_RUN, "install postgresql")

    monkeypatch.setenv("CI", "true")
    assert outcome(stage) == test.FAILED


def test_an_unknown_stage_is_refused() -> None:
    with pytest.raises(SystemExit):
        test._chosen(["sqllite"])
    assert [stage.name for stage in test._chosen([])] == [stage.name for stage in stages()]
