"""A line that breaks: what is said, what goes on working, and how everybody comes back in step by themselves."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, WebSocketRoute, expect

from tests.e2e.board import Board, new_board, server_board
from tests.support.browser import Trouble
from tests.support.product import Product

START = {"Ready": ["Alpha", "Bravo"], "Doing": ["Charlie"]}
MOVED = {"Ready": ["Bravo"], "Doing": ["Alpha", "Charlie"]}
ONE_WAITS = re.compile("1 change waits to be sent$")
POSITION = "**/api/v1/tasks/*/position"

# Every column in which a card is ever seen, from now on.
NOTE_COLUMNS = """
(title) => {
  window.columnsOfCard = [];
  const look = () => {
    const card = [...document.querySelectorAll("article")].find((one) => one.querySelector("h3").textContent === title);
    const column = card?.closest("[aria-label]:not(article)")?.querySelector("h2").textContent;
    if (column && window.columnsOfCard.at(-1) !== column) window.columnsOfCard.push(column);
    requestAnimationFrame(look);
  };
  look();
}
"""

Both = tuple[Board, Board]


@pytest.fixture
def both(sign_in: Callable[..., Page], trouble: Trouble) -> Both:
    trouble.allow("WebSocket connection to")
    qiming, zimo = sign_in("qiming.zhou"), sign_in("zimo.qiu")
    key = new_board(qiming, START, account="JL")
    return Board(qiming, key), Board(zimo, key)


def in_step(both: Both) -> None:
    for board in both:
        expect(board.live_mark).to_have_text("Live")
        board.equals_server()


def test_what_is_done_offline_shows_at_once_and_is_sent_later(both: Both) -> None:
    one, other = both
    one.page.context.set_offline(True)
    expect(one.live_mark).to_have_text("Offline")
    one.press("Alpha", "Alt+ArrowRight")
    one.shows(MOVED)
    expect(one.live_mark).to_have_attribute("title", ONE_WAITS)
    assert server_board(other.page, other.key)["Ready"] == START["Ready"]

    other.press("Bravo", "Alt+ArrowUp")
    other.add("Review", "Delta")
    one.page.context.set_offline(False)
    in_step(both)
    one.shows({**MOVED, "Review": ["Delta"]})


def test_cards_added_offline_are_there_after_coming_back(both: Both) -> None:
    one, other = both
    one.page.context.set_offline(True)
    expect(one.live_mark).to_have_text("Offline")
    one.add("Ready", "Delta")
    expect(one.card("new Delta")).to_be_visible()
    one.press("Delta", "Alt+ArrowRight")
    one.shows({"Doing": ["Delta", "Charlie"]})

    one.page.context.set_offline(False)
    in_step(both)
    expect(one.card(f"{one.key}-4 Delta")).to_be_visible()
    other.shows({"Ready": ["Alpha", "Bravo"], "Doing": ["Delta", "Charlie"]})


def test_a_reload_does_not_lose_a_change_that_was_not_sent(both: Both) -> None:
    one, other = both
    one.page.route(POSITION, _fail)
    one.press("Alpha", "Alt+ArrowRight")
    one.shows(MOVED)
    expect(one.live_mark).to_have_attribute("title", ONE_WAITS)

    one.page.reload()
    one.shows(MOVED)
    other.shows(START)
    one.page.unroute(POSITION, _fail)
    other.shows(MOVED)
    in_step(both)


def test_a_change_that_the_server_refuses_is_taken_back_and_said(both: Both) -> None:
    one, other = both
    one.page.route(POSITION, _fail)
    dialog = one.move_to("Bravo")
    dialog.get_by_role("radio", name="Review").click()
    dialog.get_by_role("button", name="Move to Review").click()
    one.shows({"Ready": ["Alpha"], "Review": ["Bravo"]})
    other.press("Bravo", "Alt+ArrowLeft")
    other.equals_server()
    one.page.unroute(POSITION, _fail)

    expect(one.page.get_by_role("alert").filter(has_text=f"{one.key}-2 went back")).to_be_visible()
    in_step(both)
    one.shows({"Backlog": ["Bravo"], "Ready": ["Alpha"], "Review": []})


def test_an_own_move_never_flickers_back_while_the_stream_is_late(both: Both) -> None:
    one, _ = both
    held: list[str | bytes] = []
    sockets: list[WebSocketRoute] = []

    def hold(socket: WebSocketRoute) -> None:
        sockets.append(socket)
        server = socket.connect_to_server()
        server.on_message(lambda frame: held.append(frame))  # noqa: PLW0108  (Playwright marks what it is given)

    one.page.route_web_socket("**/ws/live/", hold)
    one.page.reload()
    one.shows(START)
    one.page.evaluate(NOTE_COLUMNS, "Alpha")
    with one.page.expect_response(POSITION) as answer:
        one.press("Alpha", "Alt+ArrowRight")
    assert answer.value.ok
    expect(one.live_mark).not_to_have_attribute("title", ONE_WAITS)
    one.shows(MOVED)
    for frame in held:
        sockets[-1].send(frame)
    one.equals_server()
    assert one.page.evaluate("window.columnsOfCard") == ["Ready", "Doing"]


def test_where_sockets_are_blocked_the_board_is_asked_for_and_the_page_says_why(both: Both) -> None:
    """In one browser only, as by a company's proxy: the other hears at once, this one within seconds."""
    one, other = both
    one.page.route_web_socket("**/ws/live/", lambda socket: socket.close(code=1006))
    one.page.reload()
    expect(one.live_mark).to_have_text("Live (slow)")
    other.press("Alpha", "Alt+ArrowRight")
    one.shows(MOVED)
    one.press("Bravo", "Alt+ArrowRight")
    other.shows({"Ready": [], "Doing": ["Bravo", "Alpha", "Charlie"]})

    one.page.goto("/settings/connection")
    expect(one.page.get_by_text("Asking every few seconds: the WebSocket does not get through.")).to_be_visible()
    one.page.get_by_role("button", name="Test the connection").click()
    advice = one.page.get_by_role("status", name="What to do")
    expect(advice).to_contain_text("blocks WebSockets")
    expect(advice).to_contain_text("nothing is lost")
    other.page.goto("/settings/connection")
    other.page.get_by_role("button", name="Test the connection").click()
    expect(other.page.get_by_role("status", name="What to do")).to_contain_text("the connection is good")


def test_a_server_that_dies_and_comes_back_finds_everybody_again(both: Both, product: Product) -> None:
    one, other = both
    product.kill()
    for board in both:
        expect(board.live_mark).to_have_text("Offline")
    one.press("Alpha", "Alt+ArrowRight")
    other.press("Charlie", "Alt+ArrowLeft")
    one.shows(MOVED)
    other.shows({"Ready": ["Charlie", "Alpha", "Bravo"], "Doing": []})

    product.start()
    in_step(both)
    seen = one.seen()
    assert seen == other.seen()
    assert (sorted(seen["Ready"]), seen["Doing"]) == (["Bravo", "Charlie"], ["Alpha"])


def _fail(route: Route) -> None:
    route.abort("connectionreset")
