"""Accord without a connection: it opens, shows what was opened before, takes changes, and forgets all at sign-out."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.board import Board, new_board, snapshot
from tests.support.browser import Trouble, ask
from tests.support.waiting import wait_until

START = {"Ready": ["Alpha", "Bravo"], "Doing": ["Charlie"]}
STRIP = re.compile(r"^Offline, as of \d\d:\d\d")

# The names of everything that this browser keeps for a time without a connection.
KEPT = """
async () => {
  const urls = [];
  for (const name of await caches.keys())
    for (const { url } of await (await caches.open(name)).keys()) urls.push(new URL(url).pathname);
  const rows = {};
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((resolve) => { const ask = indexedDB.open(name); ask.onsuccess = () => resolve(ask.result); });
    for (const store of db.objectStoreNames)
      rows[store] = await new Promise((resolve) => {
        const ask = db.transaction(store).objectStore(store).getAllKeys();
        ask.onsuccess = () => resolve(ask.result.map(String));
      });
    db.close();
  }
  return { urls, rows };
}
"""


@pytest.fixture
def page(sign_in: Callable[..., Page], trouble: Trouble) -> Page:
    trouble.allow("WebSocket connection to")
    trouble.allow("ERR_INTERNET_DISCONNECTED")
    return sign_in("qiming.zhou", service_worker=True)


@pytest.fixture
def board(page: Page) -> Board:
    """A board that was opened, with one of its cards, by a browser that is ready to be without a connection."""
    key = new_board(page, START, account="JL")
    board = Board(page, key)
    page.evaluate("navigator.serviceWorker.ready")
    page.goto(f"/b/{key}/{key}-1")
    expect(page.get_by_role("dialog")).to_contain_text("Alpha")
    wait_until(lambda: is_ready(page), "the copies of the board and the card")
    return board


def is_ready(page: Page) -> bool:
    kept = page.evaluate(KEPT)
    names = {",".join(row.split(",")[1:2]) for row in kept["rows"].get("kept", [])}
    return {"me", "workspace", "board", "card"} <= names and "/" in kept["urls"]


def reopened(page: Page, path: str) -> Page:
    """The browser is closed and opened again: nothing is left in memory."""
    fresh = page.context.new_page()
    page.close()
    fresh.goto(path)
    return fresh


def opened(page: Page, key: str) -> Board:
    """A board that is on the screen already, however old its copy is."""
    board = Board.__new__(Board)
    board.page, board.key = page, key
    return board


def test_a_board_and_its_card_open_without_a_connection(board: Board) -> None:
    board.page.context.set_offline(True)
    page = reopened(board.page, f"/b/{board.key}")
    again = opened(page, board.key)
    again.shows(START)
    expect(again.live_mark).to_have_text("Offline")
    expect(page.get_by_role("note")).to_have_text(STRIP)

    again.card("Alpha").click()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("textbox", name="Title")).to_have_value("Alpha")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()

    page.context.set_offline(False)
    expect(again.live_mark).to_have_text("Live")
    expect(page.get_by_role("note")).to_have_count(0)


def test_what_is_changed_after_an_offline_start_is_sent_later(board: Board, sign_in: Callable[..., Page]) -> None:
    other = Board(sign_in("zimo.qiu"), board.key)
    before = snapshot(other.page, board.key)["seq"]
    board.page.context.set_offline(True)
    page = reopened(board.page, f"/b/{board.key}")
    first = opened(page, board.key)
    first.shows(START)
    first.press("Alpha", "Alt+ArrowRight")
    first.add("Ready", "Delta")
    moved = {"Ready": ["Delta", "Bravo"], "Doing": ["Alpha", "Charlie"]}
    first.shows(moved)
    expect(page.get_by_role("note")).to_contain_text("2 changes wait to be sent")

    page = reopened(page, f"/b/{board.key}")
    second = opened(page, board.key)
    second.shows(moved)
    expect(page.get_by_role("note")).to_contain_text("2 changes wait to be sent")

    page.context.set_offline(False)
    other.shows(moved)
    second.equals_server()
    expect(second.live_mark).to_have_text("Live")
    # What a closing page may yet have sent, without hearing the answer, was done once all the same.
    assert snapshot(other.page, board.key)["seq"] == before + 2


def test_what_is_refused_later_is_taken_back_and_said(board: Board, sign_in: Callable[..., Page]) -> None:
    board.page.context.set_offline(True)
    page = reopened(board.page, f"/b/{board.key}")
    again = opened(page, board.key)
    again.press("Alpha", "Alt+ArrowRight")
    again.shows({"Doing": ["Alpha", "Charlie"]})

    boss = sign_in("zhiyuan.shen")
    task = ask(boss, "GET", f"/tasks/by-key/{board.key}-1")["id"]
    ask(boss, "POST", f"/tasks/{task}/archive", {})
    page.context.set_offline(False)
    expect(page.get_by_role("alert").filter(has_text=f"{board.key}-1 went back")).to_be_visible()
    again.shows({"Ready": ["Bravo"], "Doing": ["Charlie"]})
    again.equals_server()


def test_only_files_of_the_build_and_the_empty_page_are_cached(board: Board) -> None:
    urls = board.page.evaluate(KEPT)["urls"]
    assert urls
    assert [url for url in urls if url != "/" and not url.startswith("/static/")] == []


@pytest.mark.parametrize("connected", [True, False])
def test_signing_out_wipes_everything(board: Board, connected: bool) -> None:
    page = board.page
    page.keyboard.press("Escape")
    page.context.set_offline(not connected)
    page.get_by_role("button", name="You: Zhou Qiming").click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("form", name="Sign in")).to_be_visible()
    kept = page.evaluate(KEPT)
    assert not any(kept["rows"].values())

    page.context.set_offline(True)
    page = reopened(page, f"/b/{board.key}")
    expect(page.get_by_role("form", name="Sign in")).to_be_visible()
    page.context.set_offline(False)
    page.goto("/")
    expect(page.get_by_role("form", name="Sign in")).to_be_visible()
    assert ask(page, "GET", "/status")["signed_in"] is False


def test_signing_out_asks_before_changes_are_lost(board: Board) -> None:
    page = board.page
    page.keyboard.press("Escape")
    page.context.set_offline(True)
    board.press("Alpha", "Alt+ArrowRight")
    page.get_by_role("button", name="You: Zhou Qiming").click()
    page.get_by_role("menuitem", name="Sign out").click()
    dialog = page.get_by_role("dialog", name="Sign out and lose changes?")
    expect(dialog).to_contain_text("1 change was not sent yet.")
    dialog.get_by_role("button", name="Cancel").click()
    page.context.set_offline(False)
    board.shows({"Ready": ["Bravo"], "Doing": ["Alpha", "Charlie"]})
    board.equals_server()


def test_whoever_comes_next_finds_nothing_of_the_one_before(board: Board) -> None:
    page = board.page
    ask(page, "DELETE", "/session")  # ended elsewhere: this browser isn't asked to wipe anything
    ask(page, "POST", "/session", {"email": "qingyan.gu@lanbridge.example", "password": "accord-demo"})
    page = reopened(page, "/accounts")
    expect(page.get_by_role("button", name=re.compile("顾清妍|Gu Qingyan"))).to_be_visible()

    def owners() -> set[Any]:
        return {row.split(",")[0] for row in page.evaluate(KEPT)["rows"]["kept"]}

    wait_until(lambda: owners() == {str(ask(page, "GET", "/me")["id"])}, "only the copies of Gu Qingyan")
