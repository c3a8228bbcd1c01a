"""How people look at boards: filters, columns and lanes, folding, saved views, and boards over several initiatives."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.board import Board, new_board
from tests.support.browser import ask
from tests.support.waiting import wait_until

WORDS = {
    "en": {"filter": "Filter", "clear": "Clear", "hidden": "2 cards hidden by the filter", "mine": "Mine"},
    "zh-Hans": {"filter": "筛选", "clear": "清除", "hidden": "筛选隐藏了2项", "mine": "我的"},
}


def articles(page: Page) -> Locator:
    return page.get_by_role("article")


def tasks_of(page: Page, key: str) -> dict[str, int]:
    """Title → id of the cards of a board."""
    project = ask(page, "GET", f"/projects/by-key/{key}")["id"]
    board = ask(page, "GET", f"/projects/{project}/board")["tasks"]
    id_at, title_at = board["columns"].index("id"), board["columns"].index("title")
    return {row[title_at]: row[id_at] for row in board["rows"]}


def me(page: Page) -> int:
    return int(ask(page, "GET", "/me")["id"])


@pytest.mark.parametrize(
    ("language", "query"),
    [("en", "owner:me"), ("en", "负责人：我"), ("zh-Hans", "负责人：我"), ("zh-Hans", "owner:me")],
)
def test_the_box_and_the_chips_are_two_faces_of_one_filter(
    sign_in: Callable[..., Page], language: str, query: str
) -> None:
    page = sign_in("qiming.zhou", language=language)
    words = WORDS[language]
    key = new_board(page, {"Backlog": ["Alpha", "Bravo", "Charlie"]})
    ask(page, "PATCH", f"/tasks/{tasks_of(page, key)['Bravo']}", {"owner": me(page)})
    page.goto(f"/b/{key}")
    box = page.get_by_role("combobox", name=words["filter"])
    box.fill(query)
    expect(articles(page)).to_have_count(1)
    expect(page.get_by_text(words["hidden"])).to_be_visible()
    page.reload()
    expect(articles(page)).to_have_count(1)
    page.get_by_role("button", name=words["clear"]).click()
    expect(articles(page)).to_have_count(3)
    expect(box).to_have_value("")

    page.get_by_role("button", name=re.compile(f"^{words['mine']}")).first.click()
    expect(articles(page)).to_have_count(1)
    expect(box).to_have_value("is:mine")


def test_the_box_completes_what_is_being_written(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    key = new_board(page, {"Backlog": ["Alpha", "Bravo"]})
    ask(page, "PATCH", f"/tasks/{tasks_of(page, key)['Bravo']}", {"priority": "high"})
    page.goto(f"/b/{key}")
    expect(articles(page)).to_have_count(2)
    page.keyboard.press("Shift+F")
    box = page.get_by_role("combobox", name="Filter")
    expect(box).to_be_focused()
    page.keyboard.type("pri")
    page.get_by_role("option", name=re.compile("Priority")).click()
    expect(box).to_have_value("priority:")
    page.keyboard.type("hi")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(box).to_have_value("priority:high ")
    expect(articles(page)).to_have_count(1)
    # What is most likely meant is lit, and needs no arrow.
    page.keyboard.type("own")
    expect(page.get_by_role("option", name=re.compile("^Owner owner"))).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.keyboard.type("wan")
    page.keyboard.press("Enter")
    expect(box).to_have_value('priority:high owner:"Jiang Wan" ')


def test_lanes_cut_the_columns_and_a_card_taken_to_another_changes_only_that_fact(
    sign_in: Callable[..., Page],
) -> None:
    page = sign_in("qiming.zhou")
    key = new_board(page, {"Backlog": ["Alpha"], "Ready": ["Bravo"]})
    ids = tasks_of(page, key)
    ask(page, "PATCH", f"/tasks/{ids['Alpha']}", {"priority": "high"})

    def facts() -> dict[str, object]:
        found: dict[str, object] = ask(page, "GET", f"/tasks/{ids['Alpha']}")
        return found

    page.goto(f"/b/{key}?lanes=priority")
    high, none = (page.get_by_role("region", name=re.compile(f"^{name}")) for name in ("High", "No priority"))
    expect(high.get_by_role("article")).to_have_count(1)
    page.get_by_role("article", name=f"{key}-1 Alpha").focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(none.get_by_role("article")).to_have_count(2)
    expect(page.get_by_role("article", name=f"{key}-1 Alpha")).to_be_focused()
    expect(high).to_have_count(0)
    wait_until(lambda: facts()["priority"] == "", "the server to have it")
    assert facts()["version"] == 3


def test_what_is_folded_stays_so_on_another_machine(sign_in: Callable[..., Page]) -> None:
    here = sign_in("qiming.zhou")
    key = new_board(here, {"Backlog": ["Alpha"], "Ready": ["Bravo"]})
    here.goto(f"/b/{key}")
    with here.expect_response(re.compile("/look$")):
        here.get_by_role("button", name="Fold Backlog").click()
    expect(articles(here)).to_have_count(1)
    there = sign_in("qiming.zhou")
    there.goto(f"/b/{key}")
    expect(there.get_by_role("button", name="Unfold Backlog")).to_be_visible()
    expect(articles(there)).to_have_count(1)


def test_a_view_is_saved_shared_started_with_and_deleted(sign_in: Callable[..., Page]) -> None:
    qiming = sign_in("qiming.zhou")
    key = new_board(qiming, {"Backlog": ["Alpha", "Bravo"]}, account="JL")
    qiming.goto(f"/b/{key}?q=Alpha&lanes=owner")
    expect(articles(qiming)).to_have_count(1)
    menu = qiming.get_by_role("button", name=re.compile("^View:"))
    menu.click()
    qiming.get_by_role("menuitem", name="Save as a view…").click()
    dialog = qiming.get_by_role("dialog", name="Save as a view")
    dialog.get_by_role("textbox", name="Name").fill("Only Alpha")
    dialog.get_by_role("switch", name="Shared").check()
    dialog.get_by_role("button", name="Save").click()
    expect(qiming).to_have_url(re.compile(rf"/b/{key}\?view=\d+$"))
    expect(menu).to_contain_text("Only Alpha")

    zimo = sign_in("zimo.qiu")
    zimo.goto(f"/b/{key}")
    expect(articles(zimo)).to_have_count(2)
    zimo.get_by_role("button", name=re.compile("^View:")).click()
    zimo.get_by_role("menuitemradio", name="Only Alpha").click()
    expect(articles(zimo)).to_have_count(1)
    zimo.get_by_role("button", name=re.compile("^View:")).click()
    with zimo.expect_response(re.compile("/look$")):
        zimo.get_by_role("menuitem", name="Start with this view").click()
    zimo.goto(f"/b/{key}")
    expect(zimo).to_have_url(re.compile(r"view=\d+$"))
    expect(articles(zimo)).to_have_count(1)

    menu.click()
    qiming.get_by_role("menuitem", name="Delete the view…").click()
    qiming.get_by_role("dialog").get_by_role("button", name="Remove").click()
    expect(articles(qiming)).to_have_count(2)
    zimo.reload()
    expect(articles(zimo)).to_have_count(2)
    notice = zimo.get_by_role("note").filter(has_text="a view that isn't yours")
    notice.get_by_role("button", name="Got it").click()
    expect(notice).to_have_count(0)
    expect(zimo).to_have_url(re.compile(rf"/b/{key}$"))


@pytest.mark.parametrize(
    ("language", "title", "active"), [("en", "My work", "Active"), ("zh-Hans", "我的待办", "进行中")]
)
def test_my_work_is_live_over_several_initiatives(
    sign_in: Callable[..., Page], language: str, title: str, active: str
) -> None:
    page = sign_in("qiming.zhou", language=language)
    one = new_board(page, {"Backlog": ["Alpha"]}, account="JL")
    other = new_board(page, {"Ready": ["Bravo"]}, account="JL")
    owner = me(page)
    for key in (one, other):
        (task,) = tasks_of(page, key).values()
        ask(page, "PATCH", f"/tasks/{task}", {"owner": owner})
    page.goto("/accounts")
    page.get_by_role("link", name=title).click()
    alpha, bravo = page.get_by_role("article", name=f"{one}-1"), page.get_by_role("article", name=f"{other}-1")
    expect(alpha).to_be_visible()
    expect(bravo).to_be_visible()

    somebody = sign_in("zimo.qiu")
    (task,) = tasks_of(somebody, other).values()
    statuses = ask(somebody, "GET", f"/projects/{ask(somebody, 'GET', f'/projects/by-key/{other}')['id']}/board")[
        "statuses"
    ]
    doing = next(status["id"] for status in statuses if status["category"] == "active")
    ask(somebody, "PUT", f"/tasks/{task}/position", {"status": doing})
    column = page.get_by_role("region", name=re.compile(f"^{active}"))
    expect(column.get_by_role("article", name=f"{other}-1")).to_be_visible()
    ask(somebody, "PATCH", f"/tasks/{task}", {"owner": me(somebody)})
    expect(bravo).to_have_count(0)
    ask(somebody, "PATCH", f"/tasks/{task}", {"owner": owner})
    expect(bravo).to_be_visible()

    alpha.click()
    expect(page).to_have_url(re.compile(rf"/mine/{one}-1"))
    expect(page.get_by_role("dialog")).to_be_visible()


def test_a_new_card_goes_to_the_chosen_initiative_and_those_who_look_are_seen(sign_in: Callable[..., Page]) -> None:
    page, zimo = sign_in("qiming.zhou"), sign_in("zimo.qiu", phone=True)
    # An account of its own: on one that other tests fill, a new card lies far below what is drawn.
    account = ask(page, "POST", "/accounts", {"code": "FEW", "name": "Few cards"})["id"]
    ask(page, "PUT", f"/accounts/{account}/team/{ask(zimo, 'GET', '/me')['id']}", {"role": "member"})
    one, other = (new_board(page, {"Doing": [title]}, account="FEW") for title in ("Alpha", "Bravo"))
    for board in (page, zimo):
        board.goto("/accounts/FEW/work")
        expect(board.get_by_role("article").first).to_be_visible()
    page.get_by_role("button", name=re.compile("is here: Qiu Zimo|are here: .*Qiu Zimo")).click()
    expect(page.get_by_role("menuitem", name="Qiu Zimo")).to_be_visible()
    page.keyboard.press("Escape")
    expect(zimo.get_by_role("button", name=re.compile("here: .*Zhou Qiming"))).to_be_visible()

    page.get_by_role("button", name="New card in Ready").click()
    field = page.get_by_role("textbox", name="New card in Ready")
    for key in (one, other):
        page.get_by_role("combobox", name="Initiative").select_option(label=f"{key} · Test board {key}")
        expect(field).to_be_focused()
        field.fill(f"For {key}")
        field.press("Enter")
        expect(page.get_by_role("article", name=f"{key}-2 For {key}")).to_be_visible()
        wait_until(lambda key=key: f"For {key}" in tasks_of(page, key), f"a card on {key}")
    field.press("Escape")

    page.goto("/mine?q=at+once")
    page.get_by_role("button", name="New card in Active").click()
    page.get_by_role("textbox", name="New card in Active").fill("Mine at once")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name=re.compile("^Active")).get_by_text("Mine at once")).to_be_visible()


def test_a_card_goes_into_a_category_by_keys_and_the_initiative_s_own_status_takes_it(
    sign_in: Callable[..., Page],
) -> None:
    page = sign_in("qiming.zhou")
    key = new_board(page, {"Ready": ["Alpha"]}, account="JL")
    page.goto(f"/accounts/JL/work?q=initiative:{key}")
    card = page.get_by_role("article", name=f"{key}-1 Alpha")
    card.focus()
    page.keyboard.press("Alt+ArrowRight")
    active = page.get_by_role("region", name=re.compile("^Active"))
    expect(active.get_by_role("article", name=f"{key}-1 Alpha")).to_be_focused()
    board = Board(page, key)
    board.shows({"Doing": ["Alpha"], "Ready": []})
    board.equals_server()
