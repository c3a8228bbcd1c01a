"""Every checker can turn red: with one rule of the protocol broken at a time, the checker that is named here finds it.

A mutant that lives is a hole in a checker.
"""

import traceback
from collections.abc import Callable

import pytest

from tests.proofs import checkers
from tests.proofs.arena import ProofServer
from tests.proofs.drill import Drill
from tests.proofs.mutants import MUTANTS

pytestmark = pytest.mark.django_db(transaction=True)

SOON = 2.5  # seconds until a mutant's client counts as left behind; without a mutant it is given far longer
# Mutant → the part of the drill that meets it, and the checker that has to turn red.
FOUND = {
    "every_third_poke_lost_and_no_tick": ("follow_step_by_step", "require_in_step"),
    "poke_before_the_commit": ("follow_step_by_step", "require_in_step"),
    "the_tick_is_one_short": ("follow_step_by_step", "require_in_step"),
    "two_events_swapped_in_a_frame": ("follow_step_by_step", "require_wire"),
    "a_transaction_over_several_frames": ("follow_step_by_step", "require_whole"),
    "every_seventh_event_left_out": ("come_back", "require_wire"),
    "replayed_from_one_too_late": ("come_back", "require_wire"),
    "live_before_it_is_level": ("come_back", "require_wire"),
    "live_and_replayed_both": ("come_back", "require_wire"),
    "the_epoch_is_not_looked_at": ("restore", "require_wire"),
    "access_is_not_asked_again": ("lose_and_regain", "require_none_above"),
    "replayed_across_a_time_without_access": ("lose_and_regain", "require_none_above"),
    "a_seq_is_left_out": ("follow_step_by_step", "require_gapless"),
    "a_seq_is_used_again": ("follow_step_by_step", "require_answers"),
    "a_change_that_is_not_told": ("follow_step_by_step", "require_in_step"),
    "a_repeated_command_is_done_again": ("repeat", "require_exactly_once"),
    "an_answer_before_the_commit": ("follow_step_by_step", "require_exactly_once"),
    "two_cards_on_one_rank": ("follow_step_by_step", "require_answers"),
    "a_snapshot_of_two_moments": ("start_while_busy", "require_in_step"),
}


def test_every_mutant_has_its_checker() -> None:
    assert set(FOUND) == set(MUTANTS)


@pytest.mark.parametrize("name", FOUND)
def test_a_mutant_turns_its_checker_red(server: ProofServer, name: str) -> None:
    part, checker = FOUND[name]
    drill = Drill(server, patience=SOON)
    with drill.running(), drill.started():
        with server.broken(name):
            red = found_by(getattr(drill, part))
        drill.settle()
        for look in drill.looks():
            red |= found_by(look)
    assert checker in red, f"{name} lives: only {red or 'nothing'} turned red"


def found_by(check: Callable[[], None]) -> set[str]:
    """The checkers that turned red in there: at most one, for it ends there."""
    try:
        check()
    except Exception as problem:  # noqa: BLE001  (what a mutant breaks may break in any way)
        names = {entry.name for entry in traceback.extract_tb(problem.__traceback__)}
        return {name for name in names if hasattr(checkers, name)}
    return set()


def test_the_drill_is_green_without_a_mutant(server: ProofServer) -> None:
    """And nobody had to start anew, but for the two reasons that are in it."""
    drill = Drill(server)
    with drill.running(), drill.started():
        drill.follow_step_by_step()
        drill.repeat()
        drill.come_back()
        checkers.require_no_reason(drill.clients)
        drill.lose_and_regain()
        drill.restore()
        drill.start_while_busy()
        for look in drill.looks():
            look()
    assert {reason for client in drill.clients for reason in client.reasons} == {"access", "epoch"}
