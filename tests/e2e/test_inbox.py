"""The inbox: what one person does is in the other's inbox and in their tab's title, and keys put it away."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.board import new_board
from tests.support.browser import ask
from tests.support.product import Product

START = {"Ready": ["Ask for the drawings", "Send the offer"]}


def me(page: Page) -> int:
    return int(ask(page, "GET", "/me")["id"])


def mention(page: Page, key: str, person: int, words: str) -> None:
    task = ask(page, "GET", f"/tasks/by-key/{key}")["id"]
    ask(page, "POST", f"/tasks/{task}/comments", {"body": f"[@You](/people/{person}) {words}"})


@pytest.fixture
def quiet_inbox(product: Product) -> Callable[[Page], None]:
    """Whatever the demo told this person is put away first, with what they are still to be reminded of."""

    def put_away(page: Page) -> None:
        product.manage("shell", "-c", "from notifications.reminders import remind; remind.call()")
        while subjects := [row["subject"] for row in ask(page, "GET", "/inbox?limit=200")["items"]]:
            ask(page, "PATCH", "/inbox", {"subjects": subjects, "done": True})

    return put_away


def test_a_mention_is_live_in_the_inbox_and_the_title_and_keys_put_it_away(
    sign_in: Callable[..., Page], quiet_inbox: Callable[[Page], None]
) -> None:
    qiming, zimo = sign_in("qiming.zhou"), sign_in("zimo.qiu")
    key = new_board(qiming, START, account="JL")
    quiet_inbox(zimo)
    zimo.goto("/inbox")
    expect(zimo.get_by_text("All caught up")).to_be_visible()

    mention(qiming, f"{key}-1", me(zimo), "please send **plan 4**")
    news = zimo.get_by_role("listitem").filter(has=zimo.get_by_role("button", name="Ask for the drawings"))
    expect(news.get_by_text("Zhou Qiming mentioned you: @You please send plan 4")).to_be_visible()
    expect(news.get_by_text("You are mentioned")).to_be_visible()
    expect(zimo).to_have_title(re.compile(r"^\(1\) "))
    expect(zimo.get_by_role("navigation").get_by_label("1 unread")).to_be_visible()

    mention(qiming, f"{key}-2", me(zimo), "and the price")
    expect(zimo).to_have_title(re.compile(r"^\(2\) "))
    expect(zimo.get_by_role("button", name="Send the offer")).to_be_visible()
    zimo.keyboard.press("j")
    expect(zimo.get_by_role("button", name="Send the offer")).to_be_focused()
    zimo.keyboard.press("e")
    expect(zimo.get_by_role("button", name="Send the offer")).to_have_count(0)
    expect(zimo.get_by_role("button", name="Ask for the drawings")).to_be_focused()
    zimo.keyboard.press("u")
    expect(zimo).to_have_title(re.compile(r"^[^(]"))
    zimo.keyboard.press("Enter")
    expect(zimo).to_have_url(re.compile(f"/b/{key}/{key}-1"))


def test_news_is_put_off_muted_and_found_again_in_chinese(
    sign_in: Callable[..., Page], quiet_inbox: Callable[[Page], None]
) -> None:
    qiming, ruoxi = sign_in("qiming.zhou"), sign_in("ruoxi.lin", language="zh-Hans")
    key = new_board(ruoxi, START, account="HY")
    project: dict[str, Any] = ask(ruoxi, "GET", f"/projects/by-key/{key}")
    ask(ruoxi, "PUT", f"/projects/{project['id']}/people/{me(qiming)}", {"role": "member"})
    quiet_inbox(ruoxi)
    mention(qiming, f"{key}-1", me(ruoxi), "请看一下")
    ruoxi.goto("/inbox")
    expect(ruoxi.get_by_text("周启明提及了你：@You 请看一下")).to_be_visible()

    ruoxi.get_by_role("button", name="静音此任务").click()
    expect(ruoxi.get_by_text("已静音")).to_be_visible()
    ruoxi.get_by_role("listitem").get_by_role("button", name="稍后提醒").click()
    ruoxi.get_by_role("menuitem", name=re.compile("明天上午")).click()
    expect(ruoxi.get_by_text("全部处理完了")).to_be_visible()
    shelves = ruoxi.get_by_role("navigation", name="显示哪些通知")
    shelves.get_by_role("button", name="稍后提醒").click()
    expect(ruoxi.get_by_text("周启明提及了你：@You 请看一下")).to_be_visible()
    ruoxi.get_by_role("button", name="标为已处理").click()
    shelves.get_by_role("button", name="已处理").click()
    expect(ruoxi.get_by_text("周启明提及了你：@You 请看一下")).to_be_visible()
