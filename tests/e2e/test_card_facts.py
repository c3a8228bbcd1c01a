"""What is known of a card: chosen in its sheet, seen by others on the board, and still there after a reload."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.board import new_board
from tests.e2e.test_card_sheet import new_card, sheet
from tests.support.browser import ask


def pick(card: Locator, fact: str, *options: str) -> None:
    """Choose in the list of a fact; a list that takes several stays open until Escape."""
    button = card.get_by_role("button", name=re.compile(f"^{fact}: "))
    button.click()
    listed = card.page.get_by_role("listbox", name=fact)
    takes_several = listed.get_attribute("aria-multiselectable") == "true"
    for option in options:
        listed.get_by_role("option", name=option).click()
    if takes_several:
        card.page.keyboard.press("Escape")
    expect(listed).to_be_hidden()


def test_facts_stand_on_the_board_of_others_and_stay(sign_in: Callable[..., Page]) -> None:
    page, other = sign_in("qiming.zhou"), sign_in("zimo.qiu")
    key = new_card(page)
    other.goto(f"/b/{key.rpartition('-')[0]}?hide=")  # with all that a card can show
    face = other.get_by_role("article", name=f"{key} Charlie")
    card = sheet(page, key)
    pick(card, "Owner", "Luo Yifan")
    pick(card, "Helping", "Qiu Zimo", "Bai Yutong")
    pick(card, "Function", "Support")
    pick(card, "Priority", "Urgent")
    pick(card, "Labels", "Complaint", "Promise to customer")
    card.get_by_role("button", name="Due: ").click()
    page.get_by_role("textbox", name="Due in words").fill("31 Dec 2027")
    page.keyboard.press("Enter")
    hours = card.get_by_role("textbox", name="Estimate in hours")
    hours.fill("6.5")
    hours.press("Enter")

    for name in ("Luo Yifan", "Qiu Zimo", "Bai Yutong", "Urgent"):
        expect(face.get_by_role("img", name=name)).to_be_visible()
    for words in ("Support", "Complaint", "Promise to customer", "6.5 h"):
        expect(face.get_by_text(words, exact=True)).to_be_visible()
    expect(face.locator("time")).to_have_attribute("datetime", "2027-12-31")
    expect(other.get_by_role("region", name="Doing, 3 cards").get_by_text("6.5 h").first).to_be_visible()

    page.reload()
    for fact, value in {
        "Owner": "Luo Yifan",
        "Helping": "Bai Yutong",
        "Function": "Support",
        "Priority": "Urgent",
        "Labels": "Promise to customer",
        "Due": "31 Dec 2027",
    }.items():
        expect(card.get_by_role("button", name=re.compile(f"^{fact}: .*{value}"))).to_be_visible()
    expect(hours).to_have_value("6.5 h")
    pick(card, "Helping", "Bai Yutong")
    expect(face.get_by_role("img", name="Bai Yutong")).to_have_count(0)
    expect(card.get_by_role("region", name="History")).to_contain_text("Zhou Qiming took Bai Yutong off")


def test_a_label_that_is_missing_is_made_while_it_is_looked_for(sign_in: Callable[..., Page]) -> None:
    page = sign_in("qiming.zhou")
    key = new_card(page)
    card = sheet(page, key)
    card.get_by_role("button", name="Labels: None").click()
    page.get_by_role("combobox", name="Search").fill("Freight")
    page.get_by_role("option", name="Create “Freight”").click()
    page.keyboard.press("Escape")
    expect(card.get_by_role("button", name="Labels: Freight")).to_be_visible()
    page.reload()
    expect(card.get_by_role("button", name="Labels: Freight")).to_be_visible()


def test_a_manager_adds_a_watcher_and_they_may_stop_by_themselves(sign_in: Callable[..., Page]) -> None:
    page, zimo = sign_in("qiming.zhou"), sign_in("zimo.qiu")
    key = new_card(page)
    mine, theirs = sheet(page, key), sheet(zimo, key)
    expect(theirs.get_by_role("button", name="Watch", exact=True)).to_be_visible()
    pick(mine, "Watchers", "Qiu Zimo")
    expect(theirs.get_by_role("button", name="Watching", exact=True)).to_be_visible()
    expect(mine.get_by_role("region", name="History")).to_contain_text("Zhou Qiming made Qiu Zimo a watcher")
    theirs.get_by_role("button", name="Watching", exact=True).click()
    expect(mine.get_by_role("button", name=re.compile("^Watchers: .*Qiu Zimo"))).to_have_count(0)


WORDS = {
    "en": {
        "sheet": "Card {key}",
        "links": "Links",
        "by": "Blocked by",
        "blocks": "Blocks",
        "circle": "The two would wait for each other",
        "unlink": "Remove the link to {key}",
        "search": "Search",
    },
    "zh-Hans": {
        "sheet": "任务{key}",
        "links": "关联",
        "by": "被阻塞",
        "blocks": "阻塞",
        "circle": "两者会互相等待",
        "unlink": "移除与{key}的关联",
        "search": "搜索",
    },
}


@pytest.mark.parametrize("language", list(WORDS))
def test_what_waits_for_what_and_a_circle_is_refused_in_words(sign_in: Callable[..., Page], language: str) -> None:
    page = sign_in("qiming.zhou", language=language)
    words = WORDS[language]
    key = new_board(page, {"Doing": ["Alpha", "Bravo", "Charlie"]}, account="JL")
    page.goto(f"/b/{key}/{key}-1")
    card = page.get_by_role("dialog", name=words["sheet"].format(key=f"{key}-1"))
    links = card.get_by_role("region", name=words["links"])
    pick(links, words["by"], f"{key}-2 Bravo")
    expect(links.get_by_role("listitem").filter(has_text="Bravo")).to_contain_text(words["by"])
    pick(links, words["blocks"], f"{key}-3 Charlie")
    expect(links.get_by_role("listitem").filter(has_text="Charlie")).to_contain_text(words["blocks"])

    links.get_by_role("link", name="Bravo").click()
    card = page.get_by_role("dialog", name=words["sheet"].format(key=f"{key}-2"))
    links = card.get_by_role("region", name=words["links"])
    links.get_by_role("button", name=re.compile(f"^{words['by']}: ")).click()
    listed = page.get_by_role("listbox", name=words["by"])
    for title in ("1 Alpha", "3 Charlie"):  # the second one waits by way of the first
        refused = listed.get_by_role("option", name=f"{key}-{title} {words['circle']}")
        expect(refused).to_be_visible()
        refused.click(force=True)
        expect(refused).to_have_attribute("aria-selected", "false")
    page.keyboard.press("Escape")
    ids = {f"{key}-{number}": ask(page, "GET", f"/tasks/by-key/{key}-{number}")["id"] for number in (1, 2, 3)}
    assert ask(page, "GET", f"/tasks/by-key/{key}-2")["blocked_by"] == []
    assert ask(page, "GET", f"/tasks/by-key/{key}-3")["blocked_by"] == [ids[f"{key}-1"]]

    page.keyboard.press("Escape")
    expect(page.get_by_role("article", name=f"{key}-1 ")).to_contain_text(f"{key}-2")
    page.get_by_role("article", name=f"{key}-1 ").click()
    page.get_by_role("button", name=words["unlink"].format(key=f"{key}-2")).click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("article", name=f"{key}-1 ")).not_to_contain_text(f"{key}-2")
