"""The system's Chromium, driven by Playwright, and what went wrong on its pages."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    BrowserType,
    ConsoleMessage,
    Page,
    Response,
    ViewportSize,
    sync_playwright,
)

from tools.system import chromium

WIDE = ViewportSize(width=1440, height=900)
PHONE = ViewportSize(width=390, height=844)
PASSWORD = "accord-demo"

_FLAGS = [
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--force-color-profile=srgb",
]

# A violation of the content security policy does not always reach the console by itself.
_TELL_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`content security policy: ${event.violatedDirective} stopped ${event.blockedURI || "inline"}`));
"""


@contextmanager
def launched_browser(*, lean: bool = True) -> Iterator[Browser]:
    """Chromium as installed on this machine, without a window; see `launch`."""
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium, lean=lean)
        yield browser
        browser.close()


def launch(kind: BrowserType, *, lean: bool) -> Browser:
    """`lean=False` for the whole program, which shows messages of the system too."""
    program = chromium(lean=lean)
    if program is None:
        raise RuntimeError("Chromium was not found. On Debian: apt-get install chromium")
    is_boxed = os.geteuid() != 0 and os.environ.get("CI") != "true"
    return kind.launch(executable_path=program, args=_FLAGS, chromium_sandbox=is_boxed)


@dataclass
class Trouble:
    """Errors on the pages of a context: in the console, thrown by scripts, or answered by the server."""

    seen: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        context.add_init_script(_TELL_VIOLATIONS)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.seen.append(f"script: {error.error}"))
        context.on("response", self._on_response)

    def allow(self, pattern: str) -> None:
        """Errors that match this regular expression belong to the test."""
        self.allowed.append(pattern)

    def unexpected(self) -> list[str]:
        return [text for text in self.seen if not any(re.search(pattern, text) for pattern in self.allowed)]

    def _on_console(self, message: ConsoleMessage) -> None:
        # Chromium writes a line for every answer from 400 on; refusals are part of the contract.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.seen.append(f"console: {message.text}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 500:
            self.seen.append(f"server: {response.status} {response.request.method} {response.url}")


def new_context(
    browser: Browser,
    base_url: str,
    *,
    language: str = "en",
    phone: bool = False,
    dark: bool = False,
    service_worker: bool = False,
) -> BrowserContext:
    """A browser profile of its own: nothing is shared with other contexts.

    Without `service_worker` none is installed: each would fetch the whole front end for a time without a connection.
    """
    return browser.new_context(
        base_url=base_url,
        locale={"en": "en-GB", "zh-Hans": "zh-CN"}[language],
        timezone_id="Asia/Shanghai",
        viewport=PHONE if phone else WIDE,
        has_touch=phone,
        is_mobile=phone,
        color_scheme="dark" if dark else "light",
        service_workers="allow" if service_worker else "block",
    )


def sign_in(page: Page, person: str, *, language: str | None = None) -> None:
    """Sign in over the API as one of the demo's people ("ruoxi.lin"), with the language they then read.

    The page stays where it is: whoever asks goes where they want.
    """
    ask(page, "GET", "/status")  # brings the token without which nothing can be sent
    ask(page, "POST", "/session", {"email": f"{person}@lanbridge.example", "password": PASSWORD})
    if language:
        ask(page, "PATCH", "/me", {"language": language})


def ask(page: Page, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """Ask the API as the page's person, past the page; what it answers."""
    cookies = {cookie.get("name"): cookie.get("value", "") for cookie in page.context.cookies()}
    headers = {"X-CSRFToken": cookies.get("csrftoken", "")}
    answer = page.request.fetch(f"/api/v1{path}", method=method, data=body, headers=headers)
    if not answer.ok:
        raise AssertionError(f"{method} {path} answered {answer.status}: {answer.text()}")
    return answer.json() if answer.body() else None
