"""The protocol with one rule broken at a time. A checker that lets one of these live does not count.

Each function puts a mutant over the product; it acts while its name is in the switch's file.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import uuid4

from tests.proofs.sabotage import over, pause

Switch = Callable[[], set[str]]
MUTANTS: dict[str, Callable[[Callable[[], bool]], None]] = {}


def install(active: Switch) -> None:
    for name, put in MUTANTS.items():
        put(lambda name=name: name in active())


def mutant(put: Callable[[Callable[[], bool]], None]) -> Callable[[Callable[[], bool]], None]:
    MUTANTS[put.__name__] = put
    return put


def instead(is_on: Callable[[], bool], other: Callable[..., Any]) -> Callable[[Any], Any]:
    """While the mutant is on, `other` is called with the original before the arguments."""

    def make(original: Any) -> Any:
        def either(*args: Any, **kwargs: Any) -> Any:
            return other(original, *args, **kwargs) if is_on() else original(*args, **kwargs)

        return either

    return make


# --- pokes and the tick ------------------------------------------------------------------------------------------


async def no_tick(original: Any, hub: Any) -> None:
    return None


@mutant
def every_third_poke_lost_and_no_tick(is_on: Callable[[], bool]) -> None:
    from boards.live.hub import Hub

    def lose(hear: Any, hub: Any, message: dict[str, Any]) -> None:
        if message.get("seq", 0) % 3:
            hear(hub, message)

    over(Hub, "hear", instead(is_on, lose))
    over(Hub, "tick", instead(is_on, no_tick))


@mutant
def poke_before_the_commit(is_on: Callable[[], bool]) -> None:
    from boards.live.hub import Hub
    from boards.live.poke import poke
    from tracker.log.change import Change, event_recorded

    def early(write: Any, log: Any) -> None:
        write(log)
        for stream, at in log.positions.items():
            poke(None, stream, int(at.rpartition(".")[2]))
        pause(0.1)

    def late(sender: Any, **kwargs: Any) -> None:
        if not is_on():
            poke(sender, **kwargs)

    event_recorded.disconnect(dispatch_uid="boards.live.poke")
    event_recorded.connect(late, dispatch_uid="boards.live.poke", weak=False)
    over(Change, "write", instead(is_on, early))
    over(Hub, "tick", instead(is_on, no_tick))


@mutant
def the_tick_is_one_short(is_on: Callable[[], bool]) -> None:
    """With pokes that do not arrive, the last event stays unseen."""
    from boards.live import hub
    from boards.live.running import hubs

    def short(heads: Any, ids: list[int]) -> dict[int, tuple[str, int]]:
        sent = {feed.place.id: feed.sent for one in hubs() for feed in one.feeds.values() if feed.place}
        return {pk: (epoch, max(head - 1, sent.get(pk, 0))) for pk, (epoch, head) in heads(ids).items()}

    over(hub, "heads", instead(is_on, short))
    over(hub.Hub, "hear", instead(is_on, lambda hear, one, message: None))


# --- frames ------------------------------------------------------------------------------------------------------


def reframed(frames: Any, change: Callable[[list[dict[str, Any]]], list[list[dict[str, Any]]]]) -> Iterator[Any]:
    """The same events in other frames."""
    for frame in frames:
        message = json.loads(frame.data)
        for events in change(message["events"]):
            seqs = [event["seq"] for event in events]
            text = json.dumps({**message, "from": min(seqs), "to": max(seqs), "events": events})
            yield replace(frame, data=text.encode(), events=len(events), last=max(seqs))


def in_other_frames(is_on: Callable[[], bool], change: Callable[[list[dict[str, Any]]], list[Any]]) -> None:
    """Both for what is new and for what was missed."""
    from boards.live import delivery, pages

    for module in (delivery, pages):
        over(module, "event_frames", instead(is_on, lambda cut, *args: reframed(cut(*args), change)))


@mutant
def two_events_swapped_in_a_frame(is_on: Callable[[], bool]) -> None:
    def swapped(events: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
        return [[*events[1::-1], *events[2:]]]

    in_other_frames(is_on, swapped)


@mutant
def a_transaction_over_several_frames(is_on: Callable[[], bool]) -> None:
    in_other_frames(is_on, lambda events: [[event] for event in events])


@mutant
def every_seventh_event_left_out(is_on: Callable[[], bool]) -> None:
    def without(events: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
        return [kept] if (kept := [event for event in events if event["seq"] % 7]) else []

    in_other_frames(is_on, without)


# --- joining -----------------------------------------------------------------------------------------------------


@mutant
def replayed_from_one_too_late(is_on: Callable[[], bool]) -> None:
    from boards.live.delivery import Delivery

    def late(admit: Any, self: Any, subscription: Any, wish: Any, standing: Any) -> None:
        if wish.epoch == standing.place.epoch and wish.after < standing.place.head:
            wish = replace(wish, after=wish.after + 1)
        admit(self, subscription, wish, standing)

    over(Delivery, "admit", instead(is_on, late))


@mutant
def live_before_it_is_level(is_on: Callable[[], bool]) -> None:
    from boards.live.delivery import Delivery

    def at_once(is_level: Any, self: Any, subscription: Any) -> bool:
        subscription.is_live = not subscription.is_ended
        return True

    over(Delivery, "is_level", instead(is_on, at_once))


@mutant
def live_and_replayed_both(is_on: Callable[[], bool]) -> None:
    from boards.live.delivery import Delivery

    def both(admit: Any, self: Any, subscription: Any, wish: Any, standing: Any) -> None:
        admit(self, subscription, wish, standing)
        if not subscription.is_live and not subscription.is_ended:
            subscription.at = max(0, subscription.at - 1)

    over(Delivery, "admit", instead(is_on, both))


@mutant
def the_epoch_is_not_looked_at(is_on: Callable[[], bool]) -> None:
    from boards.live import delivery

    def blind(why: Any, wish: Any, standing: Any) -> str:
        found: str = why(replace(wish, epoch=standing.place.epoch), standing)
        return found

    over(delivery, "why_anew", instead(is_on, blind))


# --- access ------------------------------------------------------------------------------------------------------


@mutant
def access_is_not_asked_again(is_on: Callable[[], bool]) -> None:
    from boards.live.delivery import Delivery

    async def trusting(check: Any, self: Any, feed: Any, news: Any) -> None:
        return None

    over(Delivery, "check_readers", instead(is_on, trusting))


@mutant
def replayed_across_a_time_without_access(is_on: Callable[[], bool]) -> None:
    from boards.live import delivery

    def forgiving(why: Any, wish: Any, standing: Any) -> str:
        found: str = why(wish, replace(standing, was_interrupted=False))
        return found

    over(delivery, "why_anew", instead(is_on, forgiving))
    over(delivery, "last_hole", instead(is_on, lambda original, lines, person: 0))


# --- the log -----------------------------------------------------------------------------------------------------


@mutant
def a_seq_is_left_out(is_on: Callable[[], bool]) -> None:
    from tracker.log.change import Change

    def leap(write: Any, log: Any) -> None:
        for stream in {id(stream): stream for stream, *_rest in log.events}.values():
            stream.head += 1
        write(log)

    over(Change, "write", instead(is_on, leap))


@mutant
def a_seq_is_used_again(is_on: Callable[[], bool]) -> None:
    from tracker.log.change import Change

    def again(write: Any, log: Any) -> None:
        for stream in {id(stream): stream for stream, *_rest in log.events}.values():
            stream.head = max(0, stream.head - 1)
        write(log)

    over(Change, "write", instead(is_on, again))


@mutant
def a_change_that_is_not_told(is_on: Callable[[], bool]) -> None:
    from tracker.log.change import Change

    def silent(write: Any, log: Any) -> None:
        del log.events[1:]
        log.events.clear() if log.events[0][1].type == "task.moved" else write(log)

    over(Change, "write", instead(is_on, silent))


@mutant
def a_repeated_command_is_done_again(is_on: Callable[[], bool]) -> None:
    from tracker.log import commands

    over(commands, "claim", instead(is_on, lambda claim, actor, key, digest: claim(actor, uuid4(), digest)))


@mutant
def an_answer_before_the_commit(is_on: Callable[[], bool]) -> None:
    """Every third change is answered, and then taken back."""
    from tracker.log import commands

    counted = iter(range(1, 10**9))

    @contextmanager
    def undone(original: Any, **kwargs: Any) -> Iterator[Any]:
        from django.db import transaction

        with original(**kwargs) as log:
            yield log
            if next(counted) % 3 == 0:
                transaction.set_rollback(True)

    over(commands, "change", instead(is_on, undone))


@mutant
def two_cards_on_one_rank(is_on: Callable[[], bool]) -> None:
    from tracker.work import ranks

    over(ranks, "between", instead(is_on, lambda between, low, high: low or high or between(low, high)))


# --- snapshots ---------------------------------------------------------------------------------------------------


@mutant
def a_snapshot_of_two_moments(is_on: Callable[[], bool]) -> None:
    """The cards are read before the position, and meanwhile somebody writes."""
    from boards import api, snapshots
    from tracker.log.change import project_stream

    @contextmanager
    def no_moment(original: Any) -> Iterator[None]:
        yield

    def torn(board: Any, project: Any, can: Any, at: Any, workspace: Any) -> bytes:
        text = json.loads(board(project, can, at, workspace))
        for _look in range(40):  # until somebody has written, or nobody does
            (later,) = snapshots.places(project_stream(project.pk))
            if later.head > at.head:
                break
            pause(0.05)
        return json.dumps({**text, "seq": later.head}).encode()

    over(api, "one_moment", instead(is_on, no_moment))
    over(snapshots, "board", instead(is_on, torn))
