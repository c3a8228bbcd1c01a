"""A large board that others work on: a hundred events a second, what they cost the page, and how soon they are painted.

The events are made beforehand, in the form in which the server sends them, and handed to the page's own socket inside of
the page, as if they had just come: so nothing of the server's work is in the figures, and arrival and paint are read from
one clock.
"""

import json
import random
import uuid
from dataclasses import asdict, dataclass
from typing import Any

from bench.browser_page import forget, noted, open_board, renderer
from bench.figures import Figure, Samples, at_most
from bench.live_cost import processor_seconds
from bench.report import Group
from bench.room import Room
from tests.support import browser as chromium


@dataclass(frozen=True)
class Size:
    cards: int
    a_second: int
    seconds: int
    rounds: int


FULL = Size(cards=5_000, a_second=100, seconds=8, rounds=3)
TINY = Size(cards=60, a_second=20, seconds=1, rounds=1)
SEEN_EVERY = 5  # of so many events one moves a card to the top of a column that is on the screen
HOW = (
    "A board of {cards:,} cards in Chromium without a window. {a_second} events/s of another person for {seconds} s,"
    " {rounds} times: half of them moves, half changed fields, on any card. From the arrival of a move to the top of a"
    " column on the screen until it has been painted there. Processor time is the renderer's process, with everything"
    " that it does. A long task is the longest of a round, 0 where none took over 50 ms."
)

_KEEP_SOCKET = """
window.WebSocket = class extends WebSocket {
  constructor(...all) { super(...all); window.liveSocket = this; }
};
"""
# Timers are late now and then: what is due is handed over then, so that the pace holds.
_PLAY = """
({ frames, everyMs }) => {
  const began = performance.now();
  const waits = new Map();
  const delays = [];
  let next = 0;
  const look = () => {
    for (const [place, at] of waits)
      if (document.querySelector(place)) {
        waits.delete(place);
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => delays.push(performance.now() - at);
        port2.postMessage(0);
      }
    if (next < frames.length || waits.size) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  return new Promise((done) => {
    const step = () => {
      while (next < frames.length && began + next * everyMs <= performance.now()) {
        const { text, place } = frames[next];
        next += 1;
        if (place) waits.set(place, performance.now());
        window.liveSocket.dispatchEvent(new MessageEvent("message", { data: text }));
      }
      if (next < frames.length) setTimeout(step, 4);
      else setTimeout(() => done({ delays, missing: waits.size }), 1000);
    };
    step();
  });
}
"""


def measure(room: Room, size: Size) -> list[Group]:
    board = open_board(room, size.cards, _KEEP_SOCKET)
    page = board.page
    story = Story(chromium.ask(page, "GET", f"/projects/{board.project}/board"), board.project)
    process = renderer(board.browser)
    delays: list[Samples] = []
    shares, tasks = [], []
    for number in range(size.rounds + 1):
        frames = story.frames(size.a_second * size.seconds)
        forget(page)
        before = processor_seconds(process)
        told = page.evaluate(_PLAY, {"frames": frames, "everyMs": 1000 / size.a_second})
        share = (processor_seconds(process) - before) / (size.seconds + 1) * 100
        if told["missing"]:
            raise RuntimeError(f"{told['missing']} moves were never painted")
        if number:  # the first one warms the page up
            delays.append(tuple(told["delays"]))
            shares.append(share)
            tasks.append(max(noted(page)["tasks"], default=0.0))
    figures = [
        Figure(tuple(delays), "from arrival to paint", "ms", (at_most(50),)),
        Figure((tuple(shares),), "of one core, the renderer", "%", (at_most(50),)),
        Figure((tuple(tasks),), "longest task", "ms", (at_most(50, "max"),)),
    ]
    how = HOW.format(**asdict(size))
    return [Group(f"{size.a_second} events of others a second on {size.cards:,} cards", how, figures)]


class Story:
    """Events that go on from a snapshot."""

    def __init__(self, snapshot: dict[str, Any], project: int) -> None:
        columns = snapshot["tasks"]["columns"]
        self.rows = [dict(zip(columns, row, strict=True)) for row in snapshot["tasks"]["rows"]]
        self.stream = f"project:{project}"
        self.seq: int = snapshot["seq"]
        self.seen = [status["id"] for status in snapshot["statuses"][:4]]
        self.statuses = [status["id"] for status in snapshot["statuses"]]
        self.placed = 0
        self.chance = random.Random(3)

    def frames(self, count: int) -> list[dict[str, str]]:
        """Texts for the socket, and where the page must show what they say ("" where it need not be on the screen)."""
        return [self.frame(number) for number in range(count)]

    def frame(self, number: int) -> dict[str, str]:
        row = self.chance.choice(self.rows)
        row["version"] += 1
        place = ""
        body: dict[str, Any] = {"type": "task.changed", "id": row["id"], "version": row["version"]}
        if number % SEEN_EVERY == 0:
            body |= {"type": "task.moved", "status": self.chance.choice(self.seen), "rank": self.above()}
            place = f'[data-column="{body["status"]}"] [data-card="{row["id"]}"]'
        elif number % 2:
            near = self.chance.choice(self.rows)["rank"]
            body |= {"type": "task.moved", "status": self.chance.choice(self.statuses), "rank": f"{near}V{self.seq}V"}
        elif number % 4:
            body["title"] = f"Agree on the offer, version {row['version']}"
        else:
            body["priority"] = self.chance.choice(["low", "medium", "high", "urgent"])
        self.seq += 1
        head = {"seq": self.seq, "tx": uuid.UUID(int=self.seq).hex, "span": 1, "command_id": None, "actor": 1}
        event = head | {"at": "2026-01-01T00:00:00.000Z", "body": body}
        told = {"t": "ev", "stream": self.stream, "from": self.seq, "to": self.seq, "events": [event]}
        return {"text": json.dumps(told), "place": place}

    def above(self) -> str:
        """A rank above every other one."""
        self.placed += 1
        return f"0{999_999 - self.placed:06d}"
