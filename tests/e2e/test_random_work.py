"""Several browsers work at random on one board, some of them offline for a while: in the end all show the same."""

import random
import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.board import new_board
from tests.e2e.crowd import Worker, said_on, server_faces
from tests.support.browser import Trouble
from tests.support.waiting import wait_until

START = {
    "Backlog": ["Alpha", "Bravo", "Charlie", "Delta"],
    "Ready": ["Echo", "Foxtrot", "Golf"],
    "Doing": ["Hotel", "India", "Juliett", "Kilo"],
    "Review": ["Lima"],
}
# All of them work for the same account; the first is there twice.
PEOPLE = ["qiming.zhou", "zimo.qiu", "yifan.luo", "yutong.bai", "qiming.zhou"]


@pytest.mark.parametrize("browsers", [2, 5])
def test_after_random_work_everybody_sees_what_the_server_has(
    sign_in: Callable[..., Page], trouble: Trouble, seed: int, size: Callable[..., Any], browsers: int
) -> None:
    trouble.allow("WebSocket connection to")
    chance = random.Random(seed)
    pages = [sign_in(person) for person in PEOPLE[:browsers]]
    key = new_board(pages[0], START, account="JL")
    workers = [Worker(page, key, f"W{number}", chance) for number, page in enumerate(pages, start=1)]

    done = 0
    end = time.monotonic() + size(c=15, r=120)
    while time.monotonic() < end:
        chance.choice(workers).act()
        done += 1
    for worker in workers:
        worker.come_back()
    for worker in workers:
        expect(worker.board.live_mark).to_have_text("Live")
        wait_until(lambda worker=worker: worker.unsent() == 0, f"{worker.name} to have sent everything", 60)
    print(f"{done} things done by {browsers} browsers")

    for worker in workers:
        wait_until(lambda worker=worker: worker.faces() == server_faces(pages[0], key), f"{worker.name} in step", 60)
    in_the_end = server_faces(pages[0], key)
    assert [worker.faces() for worker in workers] == [in_the_end] * browsers

    said = Counter(words for worker in workers for words in worker.said)
    heard = Counter(said_on(pages[0], key))
    numbers = [card.split()[0] for cards in in_the_end.values() for card in cards]
    cards = sum(map(len, START.values())) + sum(len(one.added) for one in workers)
    assert not heard - said, "something was said twice"
    assert len(set(numbers)) == len(numbers), "two cards have one number"
    # Nothing has gone but what somebody has taken back.
    gone = said.total() - heard.total() + cards - len(numbers)
    assert 0 <= gone <= sum(one.undone for one in workers)
    pages[0].reload()
    wait_until(lambda: workers[0].faces() == in_the_end, "the same after a reload")
