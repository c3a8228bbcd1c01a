"""Search among 50,000 cards, on both databases: each key that is typed is a question, asked as the palette asks it."""

import time
import urllib.parse
from dataclasses import asdict, dataclass

from bench.figures import Figure, Rounds, at_most
from bench.report import Group
from bench.room import Room
from tests.proofs.http import Http
from tests.support.product import Product


@dataclass(frozen=True)
class Size:
    cards: int
    rounds: int


FULL, TINY = Size(cards=50_000, rounds=3), Size(cards=20, rounds=1)
PEOPLE = {
    "an overseer, who sees all": "zhiyuan.shen@lanbridge.example",
    "a key account manager, who sees some": "qiming.zhou@lanbridge.example",
}
# Rare and common words, in both languages, some while they are being typed; keys; what nobody has.
TYPED = (
    "pl plant 合 合同 合同 三厂 pre prepare offer finance 17 large-123 报价单 three-word nothing-like-this 导".split()
)

HOW = (
    "One board of {cards:,} cards with titles of four words in both languages, beside the demo. Over HTTP, one question after"
    " the other, all kinds, five of each, as the palette asks. Each round asks everything that was typed once."
)


def measure(room: Room, size: Size) -> list[Group]:
    return [group(name, room.product(**settings), size) for name, settings in room.databases("search").items()]


def group(database: str, product: Product, size: Size) -> Group:
    product.run("-m", "bench.large_board", str(size.cards))
    started = time.monotonic()
    product.manage("rebuild_search")
    rebuilt = Figure(((time.monotonic() - started,),), f"{database}: making the index anew", "s")
    figures = [
        Figure(asked(product, person, size.rounds), f"{database}: a question by {who}", "ms", (at_most(150),))
        for who, person in PEOPLE.items()
    ]
    return Group(f"Search on {database}", HOW.format(**asdict(size)), [*figures, rebuilt])


def asked(product: Product, person: str, rounds: int) -> Rounds:
    http = Http(product, product.run("-m", "bench.session", person).strip())
    ask_all(http)  # warms the server up
    taken = tuple(ask_all(http) for _ in range(rounds))
    http.close()
    return taken


def ask_all(http: Http) -> tuple[float, ...]:
    return tuple(ask(http, typed) for typed in TYPED)


def ask(http: Http, typed: str) -> float:
    address = f"/search?q={urllib.parse.quote(typed)}"
    started = time.perf_counter()
    answer = http.get(address)
    passed = (time.perf_counter() - started) * 1000
    if answer.status != 200:
        raise RuntimeError(f"{address} answered {answer.status}")
    return passed
