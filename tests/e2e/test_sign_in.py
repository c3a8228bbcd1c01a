"""The way in and out: the demo's people with one click, the plain form, languages, and a session that ends everywhere."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

PEOPLE = {
    "en": """
      - region "Look around as…":
        - heading "Account management" [level=3]
        - list:
          - listitem:
            - button "Lin Ruoxi Key account manager"
        - heading "Marketing" [level=3]
        - list:
          - listitem:
            - button "Gu Qingyan Campaign manager"
          - listitem:
            - button "Daniel Okafor Content and reference manager"
        - heading "Support" [level=3]
        - list:
          - listitem:
            - button "Qiu Zimo Support lead"
    """,
    "zh-Hans": """
      - region "选一个身份看看":
        - heading "客户管理" [level=3]
        - list:
          - listitem:
            - button "林若溪 大客户经理"
        - heading "市场" [level=3]
        - list:
          - listitem:
            - button "顾清妍 市场活动经理"
    """,
}
WRONG = {"en": "wrong", "zh-Hans": "不正确"}


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_the_demo_offers_its_people_by_name_and_function(new_page: Callable[..., Page], language: str) -> None:
    page = new_page(language=language)
    page.goto("/")
    expect(page.get_by_role("main")).to_match_aria_snapshot(PEOPLE[language])
    expect(page.locator("html")).to_have_attribute("lang", language)


def test_one_click_signs_in_and_leads_to_the_accounts(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/")
    page.get_by_role("button", name="Qiu Zimo").click()
    expect(page.get_by_role("heading", name="Accounts", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="You: Qiu Zimo")).to_be_visible()


def test_a_link_leads_where_it_says_once_one_is_signed_in(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/b/JL")
    page.get_by_role("button", name="Qiu Zimo").click()
    expect(page.get_by_role("heading", name="Export-delay war room", level=1)).to_be_visible()


def test_the_plain_form_says_when_the_password_is_wrong(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/")
    form = page.get_by_role("form", name="Sign in")
    form.get_by_label("E-mail").fill("elena.marsh@lanbridge.example")
    form.get_by_label("Password", exact=True).fill("not-the-password")
    form.get_by_role("button", name="Sign in").click()
    expect(form.get_by_role("alert")).to_contain_text(WRONG["en"])

    form.get_by_label("Password", exact=True).fill("accord-demo")
    form.get_by_label("Password", exact=True).press("Enter")
    expect(page.get_by_role("button", name="You: Elena Marsh")).to_be_visible()


def test_the_language_is_chosen_at_the_door_and_kept(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/")
    page.get_by_role("button", name="简体中文").click()
    form = page.get_by_role("form", name="登录")
    form.get_by_label("邮箱").fill("anran.xu@lanbridge.example")
    form.get_by_label("密码", exact=True).fill("not-the-password")
    form.get_by_role("button", name="登录").click()
    expect(form.get_by_role("alert")).to_contain_text(WRONG["zh-Hans"])

    form.get_by_label("密码", exact=True).fill("accord-demo")
    form.get_by_role("button", name="登录").click()
    expect(page.get_by_role("button", name="我：许安然")).to_be_visible()
    page.reload()
    expect(page.get_by_role("link", name="大客户")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_signing_out_ends_the_session_in_the_other_tab_too(new_page: Callable[..., Page]) -> None:
    one = new_page()
    one.goto("/")
    one.get_by_role("button", name="Qiu Zimo").click()
    expect(one.get_by_role("button", name="You: Qiu Zimo")).to_be_visible()
    other = one.context.new_page()
    other.goto("/b/JL")
    expect(other.get_by_role("main").get_by_role("status")).to_have_text("Live")

    one.get_by_role("button", name="You: Qiu Zimo").click()
    one.get_by_role("menuitem", name="Sign out").click()
    for page in (one, other):
        expect(page.get_by_role("region", name="Look around as…")).to_be_visible()
    expect(other.get_by_role("article")).to_have_count(0)
