"""Every page of Accord and what opens on it, by name: pictures are taken of all, and axe looks at all.

Nothing here is found by its words: a scene is the same in both languages.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.support.browser import PASSWORD, ask, sign_in
from tests.support.product import REPOSITORY, Product

PERSON = "zhiyuan.shen"  # an administrator, to whom everything is shown


@dataclass(frozen=True)
class Scene:
    """An address with the words in braces of `Places`, what is there once the page is, and what is done then.

    `given` comes before all of it, and is taken back by the next scene: what the server answers, if at all.
    """

    path: str
    shows: str
    does: Callable[[Page], None] | None = None
    given: Callable[[Page], None] | None = None

    def play(self, page: Page, places: dict[str, str]) -> None:
        page.unroute_all()
        if self.given:
            self.given(page)
        page.goto(self.path.format(**places))
        expect(page.locator(self.shows).first).to_be_visible()
        if self.does:
            self.does(page)


def key(name: str, *, shows: str) -> Callable[[Page], None]:
    """Presses a key with the focus on the card that is under way."""

    def press(page: Page) -> None:
        page.locator("section article").nth(1).focus()
        page.keyboard.press(name)
        expect(page.locator(shows).first).to_be_visible()

    return press


def click(button: str, *, shows: str) -> Callable[[Page], None]:
    def press(page: Page) -> None:
        page.locator(button).first.click()
        expect(page.locator(shows).first).to_be_visible()

    return press


def in_turn(*steps: Callable[[Page], None]) -> Callable[[Page], None]:
    def do(page: Page) -> None:
        for step in steps:
            step(page)

    return do


def choose_a_card(page: Page) -> None:
    """With the first choice comes what can be done with cards, keys too."""
    page.locator("section article").first.click(modifiers=["ControlOrMeta"])
    expect(page.locator("body[data-choosing]")).to_be_visible()


def press(name: str, *, shows: str) -> Callable[[Page], None]:
    def do(page: Page) -> None:
        page.keyboard.press(name)
        expect(page.locator(shows).first).to_be_visible()

    return do


def find(words: str) -> Callable[[Page], None]:
    def search(page: Page) -> None:
        page.keyboard.press("Control+k")
        page.locator(f"{DIALOG} input").press_sequentially(words)
        expect(page.locator(f"{DIALOG} [role=option]").first).to_be_visible()

    return search


def open_a_day(page: Page) -> None:
    """On a phone the facts that are rarely changed come with a button."""
    day = page.locator(f"{DIALOG} aside button[aria-haspopup=dialog]").first
    if not day.is_visible():
        page.locator(f"{DIALOG} aside button[class*=more]").click()
    day.click()
    expect(page.locator("table >> visible=true").first).to_be_visible()


def lose_the_line(page: Page) -> None:
    page.context.set_offline(True)
    expect(page.get_by_role("note")).to_be_visible()


def no_answer(path: str) -> Callable[[Page], None]:
    """The server has gone while the page stays."""

    def given(page: Page) -> None:
        page.route(f"**/api/v1{path}", lambda route: route.abort())

    return given


def answered(path: str, change: Callable[[Any], Any]) -> Callable[[Page], None]:
    """What the server says, and what is seldom so on a healthy one."""

    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=json.dumps(change(response.json())))

    def given(page: Page) -> None:
        page.route(f"**/api/v1{path}", answer)

    return given


BREAKS = "React error #31"
"""What the console says of a name that isn't a text: there is nothing to draw."""


def nameless(found: Any) -> Any:
    return found | {"items": [one | {"name": {}, "name_zh": {}} for one in found["items"]]}


def icon(name: str) -> str:
    """The first button of the page, or of the sheet over it, that has this icon."""
    return f"main button:has(.tabler-icon-{name}), {DIALOG} button:has(.tabler-icon-{name})"


DIALOG = "[role=dialog]"
FORM = f"{DIALOG} form"
MENU = "[role=menu]"
LIST = "[role=listbox] >> visible=true"
ROW = "main li"
EDIT = "main li button:not(:has(svg))"  # the one with a word, among those with an icon only
CARD = f"{DIALOG} code"  # in the text of JL-6, which is formatted last
SECTION = "main section"
PICTURE = REPOSITORY / "frontend" / "public" / "icons" / "192.png"
PANEL = "main section h2"
TROUBLE = {"at": "2026-11-25T03:12:00Z", "error": "ConnectError: all attempts failed", "trace": "Traceback …"}
FAILURE = TROUBLE | {
    "id": "018f7a3e-0000-7000-8000-000000000001",
    "task": "notifications.send",
    "path": "notifications.sending.send",
    "queue": "outgoing",
    "tries": 6,
}
STUMBLE = TROUBLE | {"id": 1, "follower": "notifications", "event": "project:3 · 118", "type": "task.moved"}


def from_the_menu(nth: int) -> Callable[[Page], None]:
    return in_turn(click(icon("dots"), shows=MENU), click(f"{MENU} button >> nth={nth}", shows=FORM))


def refused_as_stale(page: Page) -> None:
    """Somebody else has written the same text, whatever it is."""
    clash = {"code": "stale", "detail": {"current": "Plant 3 comes first.", "version": 1}}

    def answer(route: Route) -> None:
        if route.request.method == "PATCH":
            route.fulfill(status=412, json=clash)
        else:
            route.fallback()

    page.route("**/api/v1/tasks/*", answer)


def write_what_clashes(page: Page) -> None:
    page.locator(f"{DIALOG} section button[class*=edit]").first.click()
    page.locator(f"{DIALOG} [contenteditable]").press_sequentially("Plant 4 comes first.")
    page.keyboard.press("ControlOrMeta+Enter")
    expect(page.locator("[role=alert] pre").first).to_be_visible()


def look_at_a_file(page: Page) -> None:
    page.locator(f"{DIALOG} section input[type=file]").set_input_files(PICTURE)
    page.locator(f"{DIALOG} li button[class*=name]").first.click()
    expect(page.locator("img[class*=picture]")).to_be_visible()


def fold_a_column(page: Page) -> None:
    """On a phone there is one column at a time, and nothing to fold."""
    fold = page.locator("section header button[aria-expanded=true]").last
    if fold.is_visible():
        fold.click()
        expect(page.locator("section > button[aria-expanded=false]").last).to_be_visible()


def choose_a_scope(page: Page) -> None:
    page.locator(f"{SECTION} button").first.click()
    page.locator("[role=option] >> visible=true").first.click()


def send_the_link(page: Page) -> None:
    page.locator("input").fill("nobody@lanbridge.example")
    page.locator("form button[type=submit]").click()
    expect(page.locator("main form")).to_have_count(0)


def choose_a_password(page: Page) -> None:
    page.locator("input").fill("a long enough one")
    page.locator("form button[type=submit]").click()
    expect(page.locator("main form")).to_have_count(0)


# The way in, for those who are not signed in.
DOORS = {
    "sign-in": Scene("/", "form"),
    "forgotten": Scene("/reset", "form"),
    "reset": Scene("/reset/no-such-token", "main form, main h1"),
    "invitation": Scene("/invite/{invitation}", "main form"),
    "invitation-gone": Scene("/invite/no-such-token", "main h1, main h2"),
    "invitation-unread": Scene("/invite/{invitation}", "main h1", given=no_answer("/invitations/**")),
    "forgotten-sent": Scene("/reset", "form", send_the_link),
    "reset-void": Scene("/reset/no-such-token", "main form", choose_a_password),
    "setup-done": Scene("/setup", "main h1"),
}
PAGES = {
    "inbox": Scene("/inbox", "main li, main h2"),
    "accounts": Scene("/accounts", "main tbody tr, main li"),
    "accounts-none": Scene("/accounts?q=zzz", "main h2"),
    "account-new": Scene("/accounts/new", f"{DIALOG} form"),
    "account": Scene("/accounts/HY", "main section"),
    "account-edit": Scene("/accounts/HY/edit", f"{DIALOG} form"),
    "initiatives": Scene("/initiatives", "main tbody tr, main li"),
    "initiatives-none": Scene("/initiatives?q=zzz", "main h2"),
    "initiative-new": Scene("/initiatives/new", f"{DIALOG} form"),
    "initiative-settings": Scene("/initiatives/JL/settings", "main form"),
    "board": Scene("/b/JL", "article"),
    "board-filtered": Scene("/b/JL?q=function:support", "article"),
    "board-lanes": Scene("/b/JL?columns=owner&lanes=function", "article"),
    "my-work": Scene("/mine", "main header"),
    "account-work": Scene("/accounts/JL/work?lanes=initiative", "article"),
    "queue": Scene("/queues/support", "article"),
    "team": Scene("/teams/{team}", "article"),
    "board-empty": Scene("/b/{empty}", "main h2"),
    "board-move": Scene("/b/JL", "article", key("m", shows=DIALOG)),
    "board-add": Scene("/b/JL", "article", key("c", shows="section textarea")),
    "board-keys": Scene("/b/JL", "article", key("?", shows=DIALOG)),
    "board-offline": Scene("/b/JL", "article", lose_the_line),
    "card": Scene("/b/JL/JL-6", CARD),
    "card-bare": Scene("/b/{bare}", f"{DIALOG} section"),
    "card-missing": Scene("/b/JL/JL-999", f"{DIALOG} h2"),
    "own-menu": Scene(
        "/accounts", "main tbody tr, main li", click("nav button[aria-haspopup=menu]", shows="[role=menu]")
    ),
    "search": Scene("/accounts", "main tbody tr, main li", find("")),
    "search-found": Scene("/accounts", "main tbody tr, main li", find("JL")),
    "search-page": Scene("/search?q=go", "main li mark"),
    "search-none": Scene("/search?q=zzzz", "main h2"),
    "person": Scene("/people/{person}", "main dl"),
    "settings": Scene("/settings/profile", "main section"),
    "settings-notifications": Scene("/settings/notifications", "main table"),
    "settings-hooks": Scene("/settings/hooks", PANEL),
    "settings-work": Scene("/settings/work", "main section table"),
    "settings-connection": Scene("/settings/connection", "main section"),
    "settings-people": Scene("/settings/people", "main section"),
    "settings-functions": Scene("/settings/functions", "main section"),
    "settings-teams": Scene("/settings/teams", "main section"),
    "settings-workflows": Scene("/settings/workflows", "main section"),
    "settings-labels": Scene("/settings/labels", "main section"),
    "missing": Scene("/b/NONE", "main h2"),
    "nowhere": Scene("/nowhere", "main h2"),
    "broken": Scene("/accounts", "main h2", given=answered("/accounts*", nameless)),
    "server-gone": Scene("/inbox", "main h2", given=no_answer("/inbox**")),
    "not-allowed": Scene("/settings/people", "main h2", given=answered("/me", lambda me: me | {"can": []})),
}
# What opens on these pages.
MORE = {
    "inbox-later": Scene("/inbox", ROW, click(icon("clock"), shows=MENU)),
    "account-member": Scene("/accounts/HY", "main section", click(icon("user-plus"), shows=FORM)),
    "account-initiative": Scene("/accounts/HY/new-initiative", FORM),
    "account-notes": Scene(
        "/accounts/HY", "main section", click("main section + section button", shows="[contenteditable]")
    ),
    "account-announce": Scene("/accounts/HY", SECTION, click(icon("plus"), shows=FORM)),
    "board-announced": Scene("/b/{announced}", "article"),
    "board-views": Scene("/b/JL", "article", click("main button[aria-haspopup=menu] >> nth=0", shows=MENU)),
    "board-display": Scene("/b/JL", "article", click("main button[aria-haspopup=menu] >> nth=-1", shows=MENU)),
    "board-filter": Scene("/b/JL", "article", click("main input[role=combobox]", shows=LIST)),
    "board-selected": Scene("/b/JL", "article", choose_a_card),
    "board-priority": Scene("/b/JL", "article", in_turn(choose_a_card, press("p", shows="[role=option]"))),
    "board-undo": Scene(
        "/b/JL",
        "article",
        in_turn(choose_a_card, press("e", shows="[role=status] button"), press("Control+z", shows="article")),
    ),
    "board-folded": Scene("/b/{announced}", "article", fold_a_column),
    "card-status": Scene("/b/JL/JL-6", CARD, click(f"{DIALOG} aside button", shows=LIST)),
    "card-day": Scene("/b/JL/JL-6", CARD, open_a_day),
    "card-menu": Scene("/b/JL/JL-6", CARD, click(icon("dots"), shows=MENU)),
    "card-asked": Scene("/b/JL/JL-22", f"{DIALOG} section"),
    "card-hand-over": Scene("/b/JL/JL-6", CARD, from_the_menu(0)),
    "card-twice": Scene("/b/JL/JL-6", CARD, from_the_menu(1)),
    "card-elsewhere": Scene("/b/JL/JL-6", CARD, from_the_menu(2)),
    "card-reaction": Scene("/b/JL/JL-6", CARD, click(icon("mood-plus"), shows="button[aria-pressed] >> visible=true")),
    "card-conflict": Scene("/b/{bare}", f"{DIALOG} section", write_what_clashes, given=refused_as_stale),
    "card-file": Scene("/b/{filed}", f"{DIALOG} section", look_at_a_file),
    "settings-hook": Scene("/settings/hooks", PANEL, in_turn(choose_a_scope, click(icon("plus"), shows=FORM))),
    "settings-work-failed": Scene(
        "/settings/work",
        "main section table",
        given=answered("/background-work", lambda work: work | {"failures": [FAILURE], "stumbles": [STUMBLE]}),
    ),
    "settings-invite": Scene("/settings/people", ROW, click(icon("user-plus"), shows=FORM)),
    "settings-person": Scene(
        "/settings/people", ROW, in_turn(click(icon("dots"), shows=MENU), click(f"{MENU} button", shows=FORM))
    ),
    "settings-function": Scene("/settings/functions", ROW, click(EDIT, shows=FORM)),
    "settings-team": Scene("/settings/teams", ROW, click(EDIT, shows=FORM)),
    "settings-status": Scene("/settings/workflows", ROW, click(EDIT, shows=FORM)),
    "settings-status-removed": Scene("/settings/workflows", ROW, click(icon("trash"), shows=FORM)),
    "settings-way": Scene("/settings/workflows", ROW, click("main td button", shows=FORM)),
    "settings-label": Scene("/settings/labels", ROW, click(EDIT, shows=FORM)),
    "settings-label-merged": Scene("/settings/labels", ROW, click(icon("arrow-merge"), shows=FORM)),
    "settings-label-removed": Scene("/settings/labels", ROW, click(icon("trash"), shows=DIALOG)),
}


# Before anybody has an account, and before there is anything.
FIRST = {"setup": Scene("/setup", "main form")}
NOTHING = {
    "nothing-accounts": Scene("/accounts", "main h2"),
    "nothing-initiatives": Scene("/initiatives", "main h2"),
    "nothing-inbox": Scene("/inbox", "main h2"),
    "nothing-mine": Scene("/mine", "main h2"),
    "nothing-people": Scene("/settings/people", ROW),
    "nothing-functions": Scene("/settings/functions", PANEL),
    "nothing-teams": Scene("/settings/teams", PANEL),
    "nothing-labels": Scene("/settings/labels", PANEL),
    "nothing-hooks": Scene("/settings/hooks", PANEL),
    "nothing-work": Scene("/settings/work", "main section table"),
}


def set_up(page: Page, product: Product) -> None:
    """Makes the first administrator of a product without the demo, with the code from its terminal."""
    code = re.search(r"^ +((?:\w{4}-){3}\w{4})$", product.log_text(), re.MULTILINE)
    assert code, product.log_text()
    ask(page, "GET", "/status")
    body = {"code": code[1], "email": f"{PERSON}@lanbridge.example", "name": "Shen Zhiyuan", "name_zh": "沈知远"}
    ask(page, "POST", "/setup", body | {"password": PASSWORD})


def make_places(page: Page) -> dict[str, str]:
    """What the scenes need and the demo doesn't have: an invitation, an announcement, a board without cards, a card
    without facts and one for files; and a team."""
    person = ask(page, "GET", "/me")["id"]
    invited: dict[str, Any] = ask(page, "POST", "/invitations", {"email": "new.colleague@lanbridge.example"})
    empty = ask(
        page, "POST", "/projects", {"key": "EMPTY", "name": "Nothing yet", "name_zh": "尚未开始", "state": "active"}
    )
    bare = ask(
        page, "POST", "/projects", {"key": "BARE", "name": "One bare card", "name_zh": "一项空任务", "state": "active"}
    )
    task, filed = (
        ask(page, "POST", f"/projects/{bare['id']}/tasks", {"title": title})
        for title in ("A card of which nothing is known yet", "A card with a picture")
    )
    team = next(one for one in ask(page, "GET", "/workspace")["teams"] if one["name"] == "Support desk")
    announced = ask(page, "GET", "/projects/by-key/HY")
    sign_in(page, "yutong.bai")
    news = {"title": "Plant 4 moves to January", "body": "The **VPN accounts** are late.", "asks": True}
    ask(page, "POST", f"/projects/{announced['id']}/announcements", news)
    return {
        "announced": announced["key"],
        "person": str(person),
        "invitation": invited["link"].rpartition("/")[2],
        "empty": empty["key"],
        "bare": f"{bare['key']}/{task['key']}",
        "filed": f"{bare['key']}/{filed['key']}",
        "team": str(team["id"]),
    }
