"""What administrators set up, as others see it: the columns of a workflow and its ways, people, functions, teams."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.e2e.board import Board, new_board
from tests.support.browser import ask


def rows(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("listitem")


def save(dialog: Locator, button: str) -> None:
    dialog.get_by_role("button", name=button, exact=True).click()
    expect(dialog).to_have_count(0)


def test_a_status_is_made_put_in_place_renamed_and_a_way_to_it_is_kept_for_a_function(
    sign_in: Callable[..., Page],
) -> None:
    page, other = sign_in("zhiyuan.shen"), sign_in("yutong.bai")
    flow = ask(page, "POST", "/workflows", {"code": "freight", "name": "Freight", "name_zh": "货运"})["id"]
    key = new_board(page, {"Doing": ["Alpha"]}, account="JL", workflow=flow)
    people = {one["name"]: one["id"] for one in ask(page, "GET", "/workspace")["people"]}
    project = ask(page, "GET", f"/projects/by-key/{key}")["id"]
    ask(page, "PUT", f"/projects/{project}/people/{people['Bai Yutong']}", {"role": "member"})
    board = Board(other, key)
    before = list(board.seen())

    page.goto("/settings/workflows")
    page.get_by_role("button", name="Freight", exact=True).click()
    page.get_by_role("button", name="New status").click()
    dialog = page.get_by_role("dialog", name="New status")
    dialog.get_by_role("textbox", name="Name", exact=True).fill("Custom")
    dialog.get_by_role("radio", name="Violet").click()
    expect(dialog.get_by_role("radio", name="Violet")).to_be_checked()
    save(dialog, "Add")
    board.shows({"Custom": []})
    assert list(board.seen()) == [*before, "Custom"]

    page.get_by_role("button", name="Move Custom up").click()
    expect(page.get_by_role("button", name=f"Move {before[-1]} down")).to_be_disabled()
    page.get_by_role("button", name="Edit Custom").click()
    dialog = page.get_by_role("dialog", name="Edit status")
    dialog.get_by_role("textbox", name="Name", exact=True).fill("Customs")
    dialog.get_by_role("textbox", name="Chinese name").fill("报关")
    save(dialog, "Save")
    board.shows({"Customs": []})
    assert list(board.seen()) == [*before[:-1], "Customs", before[-1]]

    page.get_by_role("button", name="From Doing to Customs: everybody who may move cards").click()
    dialog = page.get_by_role("dialog", name="From Doing to Customs")
    dialog.get_by_role("radio", name="Only some").check()
    dialog.get_by_role("checkbox", name="Managers of the initiative may always").uncheck()
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("Choose a function, or let managers.")).to_be_visible()
    dialog.get_by_role("button", name="Functions: ").click()
    page.get_by_role("option", name="Support").click()
    page.keyboard.press("Escape")
    save(dialog, "Save")
    expect(page.get_by_role("button", name="From Doing to Customs: only Support")).to_be_visible()
    expect(board.move_to("Alpha").get_by_role("radio", name="Customs Only for Support")).to_be_disabled()
    ask(other, "PATCH", "/me", {"language": "zh-Hans"})
    other.reload()
    expect(other.get_by_role("region", name="报关，0项任务")).to_be_visible()
    ask(other, "PATCH", "/me", {"language": "en"})


def test_somebody_is_invited_comes_and_is_given_another_function(
    sign_in: Callable[..., Page], new_page: Callable[..., Page]
) -> None:
    page = sign_in("zhiyuan.shen")
    page.goto("/settings/people")
    for email in ("mei.tan@lanbridge.example", "nobody.yet@lanbridge.example"):
        page.get_by_role("button", name="Invite somebody").click()
        dialog = page.get_by_role("dialog", name="Invite somebody")
        dialog.get_by_role("textbox", name="E-mail").fill(email)
        dialog.get_by_role("button", name="Function: ").click()
        page.get_by_role("option", name="Sales").click()
        dialog.get_by_role("button", name="Invite", exact=True).click()
        shown = page.get_by_role("dialog", name=f"{email} is invited")
        link = shown.get_by_role("textbox", name="Link of the invitation").input_value()
        save(shown, "Close")
        expect(rows(page).filter(has_text=email)).to_contain_text("Sales")
        if email.startswith("mei"):
            _come_in(new_page(), link)
    expect(rows(page).filter(has_text="Tan Mei")).to_be_visible()
    page.get_by_role("button", name="Withdraw the invitation of nobody.yet@lanbridge.example").click()
    expect(page.get_by_text("nobody.yet@lanbridge.example")).to_have_count(0)

    page.get_by_role("button", name="Tan Mei: more").click()
    page.get_by_role("menuitem", name="Edit").click()
    dialog = page.get_by_role("dialog", name="Tan Mei")
    dialog.get_by_role("button", name="Function: Sales").click()
    page.get_by_role("option", name="Marketing").click()
    save(dialog, "Save")
    expect(rows(page).filter(has_text="Tan Mei")).to_contain_text("Marketing")
    mei = next(one for one in ask(page, "GET", "/workspace")["people"] if one["name"] == "Tan Mei")
    ask(page, "POST", f"/people/{mei['id']}/deactivate", {})


def _come_in(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("textbox", name="Name", exact=True).fill("Tan Mei")
    page.get_by_label(re.compile("^Password")).fill("a long enough one")
    page.get_by_role("button", name="Come in").click()
    expect(page.get_by_role("navigation", name="Main navigation")).to_be_visible()


def test_functions_and_teams_are_made_changed_and_removed_before_the_eyes_of_others(
    sign_in: Callable[..., Page],
) -> None:
    page, other = sign_in("zhiyuan.shen"), sign_in("qiming.zhou", language="zh-Hans")
    page.goto("/settings/functions")
    page.get_by_role("button", name="New function").click()
    dialog = page.get_by_role("dialog", name="New function")
    dialog.get_by_role("textbox", name="Name", exact=True).fill("Customer success")
    dialog.get_by_role("textbox", name="Chinese name").fill("客户成功")
    expect(dialog.get_by_role("textbox", name="Code")).to_have_value("customer_success")
    save(dialog, "Add")
    expect(rows(page).last).to_contain_text("Customer success")
    other.goto("/b/JL?columns=function")
    expect(other.get_by_role("region", name=re.compile("^客户成功，"))).to_be_attached()
    page.get_by_role("button", name="Edit Customer success").click()
    dialog = page.get_by_role("dialog", name="Edit function")
    dialog.get_by_role("textbox", name="Chinese name").fill("客户运营")
    save(dialog, "Save")
    expect(other.get_by_role("region", name=re.compile("^客户运营，"))).to_be_attached()
    page.get_by_role("button", name="Remove Customer success").click()
    save(page.get_by_role("dialog", name="Remove “Customer success”?"), "Remove")
    expect(other.get_by_role("region", name=re.compile("^客户运营，"))).to_have_count(0)

    page.goto("/settings/teams")
    page.get_by_role("button", name="New team").click()
    dialog = page.get_by_role("dialog", name="New team")
    dialog.get_by_role("textbox", name="Name", exact=True).fill("Night shift")
    dialog.get_by_role("button", name="Members: ").click()
    for person in ("Luo Yifan", "Qiu Zimo"):
        page.get_by_role("option", name=person).click()
    page.keyboard.press("Escape")
    save(dialog, "Add")
    team = rows(page).filter(has_text="Night shift")
    expect(team).to_contain_text("2 people")
    page.get_by_role("button", name="Edit Night shift").click()
    dialog = page.get_by_role("dialog", name="Edit team")
    dialog.get_by_role("button", name="Members: ").click()
    page.get_by_role("option", name="Luo Yifan").click()
    page.keyboard.press("Escape")
    save(dialog, "Save")
    expect(team).to_contain_text("1 person")
    expect(team.get_by_role("img", name="Qiu Zimo")).to_be_visible()
    page.get_by_role("button", name="Remove Night shift").click()
    save(page.get_by_role("dialog", name="Remove “Night shift”?"), "Remove")
    expect(team).to_have_count(0)
