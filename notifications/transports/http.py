"""What all transports over HTTP share: how an answer is judged."""

import json
from collections.abc import Mapping
from typing import Any

from notifications.models import Delivery, Hook
from notifications.transports import Gone, NotTaken
from tracker.outgoing.addresses import NotPublic
from tracker.outgoing.client import Answer, Unanswered, post
from tracker.outgoing.sealing import Unreadable, unseal

LATER = {408, 409, 423, 425, 429}  # and 5xx: it may be taken another time


def give(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send it. Raises NotTaken unless the answer is a good one, Gone where the address is no more (410)."""
    try:
        answer = post(url, body, headers)
    except NotPublic as error:
        raise NotTaken(str(error), is_final=True) from error
    except Unanswered as error:
        raise NotTaken(str(error)) from error
    if answer.is_good:
        return answer
    if answer.status == 410:
        raise Gone("410 Gone")
    is_final = answer.status not in LATER and answer.status < 500
    raise NotTaken(f"{answer.status}: {words_of(answer)}", is_final=is_final, retry_after=answer.retry_after)


def give_json(delivery: Delivery, payload: dict[str, Any], *, url: str = "") -> Answer:
    """To the address of the delivery's hook."""
    body = json.dumps(payload, ensure_ascii=False).encode()
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Content-Length": str(len(body)),
        "User-Agent": "Accord",
        "X-Accord-Delivery": str(delivery.pk),
    }
    return give(url or address_of(hook_of(delivery)), body, headers)


def hook_of(delivery: Delivery) -> Hook:
    if delivery.hook is None:
        raise NotTaken("no hook", is_final=True)
    return delivery.hook


def address_of(hook: Hook) -> str:
    return opened(hook.sealed_url)


def secret_of(hook: Hook) -> str:
    return opened(hook.sealed_secret) if hook.sealed_secret else ""


def opened(sealed: str) -> str:
    try:
        return unseal(sealed)
    except Unreadable:
        raise NotTaken("sealed under another SECRET_KEY: set the hook up again", is_final=True) from None


def require_code(answer: Answer, names: tuple[str, ...], *, later: set[int]) -> None:
    """For those who answer 200 whatever happened: the code in the body has to be 0. `later`: codes of "too often"."""
    try:
        found = json.loads(answer.body)
        code = next((found[name] for name in names if name in found), 0)
    except (ValueError, TypeError):
        raise NotTaken(f"no JSON: {words_of(answer)}") from None
    if code != 0:
        raise NotTaken(f"code {code}: {words_of(answer)}", is_final=code not in later, retry_after=60)


def words_of(answer: Answer) -> str:
    """The beginning of the answer, for the log."""
    return " ".join(answer.body[:300].decode("utf-8", "replace").split())[:200]
