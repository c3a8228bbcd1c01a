"""What one is told: chosen on the page, shown by the service worker; and background work for administrators."""

import json
from collections.abc import Callable
from typing import Any

from playwright.sync_api import CDPSession, Page, expect

from tests.support.browser import ask
from tests.support.waiting import wait_until

PUSHED = {
    "id": "1", "title": "JL-6 并行导出补丁", "body": "邱子墨提及了你：请看", "link": "https://elsewhere.example/mine?a=1",
    "tag": "task:6", "language": "zh-Hans",
}  # fmt: skip
SHOWN = """async () => {
  const registration = await navigator.serviceWorker.ready;
  return (await registration.getNotifications()).map(({ title, body, lang, tag }) => ({ title, body, lang, tag }));
}"""
CLICK = """async () => {
  const [notification] = await self.registration.getNotifications();
  self.dispatchEvent(new NotificationEvent("notificationclick", { notification }));
}"""


def test_a_person_chooses_what_they_are_told_and_when(sign_in: Callable[..., Page]) -> None:
    page = sign_in("ruoxi.lin", language="en")
    page.goto("/settings/notifications")
    table = page.get_by_role("table", name="What you are told, and how")
    mail = table.get_by_role("checkbox", name="You watch it: Mail")
    expect(mail).to_be_checked()
    mail.click()
    expect(mail).not_to_be_checked()
    table.get_by_role("checkbox", name="You lead it: Inbox").click()
    expect(table.get_by_role("checkbox", name="You lead it: Mail")).to_be_disabled()

    page.get_by_role("button", name="Where").click()
    page.get_by_role("option").nth(1).click()
    here = table.get_by_role("checkbox", name="You watch it: Mail")
    expect(here).not_to_be_checked()
    here.click()
    expect(here).to_be_checked()
    page.get_by_role("button", name="As everywhere").click()
    expect(here).not_to_be_checked()

    page.get_by_role("button", name="Sat").click()
    expect(page.get_by_role("button", name="Sat")).to_have_attribute("aria-pressed", "true")
    page.get_by_label("Until", exact=True).fill("07:30")
    page.get_by_label("Until", exact=True).blur()
    wait_until(lambda: ask(page, "GET", "/me/attention")["quiet_until"] == "07:30", "the new hour")
    assert ask(page, "GET", "/me/attention")["working_days"] == [1, 2, 3, 4, 5, 6]

    page.get_by_role("button", name="Connect a chat").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Address").fill("https://127.0.0.1/robot")
    dialog.get_by_role("button", name="Add").click()
    expect(dialog).to_contain_text("This address can't be used.")


def test_the_service_worker_shows_what_is_pushed_and_a_click_leads_there(sign_in: Callable[..., Page]) -> None:
    page = sign_in("ruoxi.lin", language="zh-Hans", service_worker=True, whole=True)
    page.goto("/inbox")
    page.context.grant_permissions(["notifications"], origin=origin(page))
    page.evaluate("navigator.serviceWorker.ready")
    wait_until(lambda: page.evaluate("Boolean(navigator.serviceWorker.controller)"), "the worker to take over")
    push(page, json.dumps(PUSHED))
    wait_until(lambda: page.evaluate(SHOWN), "the message")
    assert page.evaluate(SHOWN) == [
        {"title": PUSHED["title"], "body": PUSHED["body"], "lang": "zh-Hans", "tag": "task:6"}
    ]
    there = f"{origin(page)}/mine?a=1"  # never to another site
    page.context.service_workers[0].evaluate(CLICK)
    page.wait_for_url(there)
    push(page, "no JSON")
    wait_until(
        lambda: [row["title"] for row in page.evaluate(SHOWN)] == ["Accord"], "something to be shown all the same"
    )


def origin(page: Page) -> str:
    return str(page.evaluate("location.origin"))


def push(page: Page, text: str) -> None:
    """As the browser's push service would hand it over, already opened."""
    devtools: CDPSession = page.context.new_cdp_session(page)
    found: list[dict[str, Any]] = []
    devtools.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    devtools.send("ServiceWorker.enable")
    wait_until(lambda: page.evaluate("1") and found, "the worker's registration")
    registration = found[-1]["registrationId"]
    devtools.send(
        "ServiceWorker.deliverPushMessage", {"origin": origin(page), "registrationId": registration, "data": text}
    )
    devtools.detach()


def test_administrators_see_background_work_and_make_it_come(sign_in: Callable[..., Page]) -> None:
    page = sign_in("zhiyuan.shen", language="en")
    page.goto("/settings/work")
    expect(page.get_by_text("1 worker")).to_be_visible()
    schedules = page.get_by_role("list", name="Schedules")
    tidy = schedules.get_by_role("listitem").filter(has_text="Tidy up")
    tidy.get_by_role("button", name="Run now: Tidy up").click()
    expect(tidy).to_contain_text("Done")
    other = sign_in("ruoxi.lin", language="en")
    other.goto("/settings/work")
    expect(other.get_by_text("This page is for administrators.")).to_be_visible()
