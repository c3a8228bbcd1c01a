"""Webhooks for programs, after the Standard Webhooks: signed over id, moment and body.

https://www.standardwebhooks.com  A receiver checks the signature, refuses what is older than five minutes, and knows by
`webhook-id` what it has had already. While a secret is changed for another, both sign.
"""

import base64
import hashlib
import hmac
import json
from typing import Any

from django.utils.timezone import now

from notifications.contents import Contents
from notifications.models import Delivery
from notifications.transports.http import address_of, give, hook_of, secret_of


def send(delivery: Delivery, contents: Contents) -> None:
    hook, moment = hook_of(delivery), str(int(now().timestamp()))
    body = json.dumps(payload(delivery, contents), ensure_ascii=False).encode()
    signatures = [sign(secret, str(delivery.pk), moment, body) for secret in secret_of(hook).split()]
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Content-Length": str(len(body)),
        "User-Agent": "Accord",
        "webhook-id": str(delivery.pk),
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(signatures),
    }
    give(address_of(hook), body, headers)


def sign(secret: str, pk: str, moment: str, body: bytes) -> str:
    signed = f"{pk}.{moment}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key_of(secret), signed, hashlib.sha256).digest()).decode()


def key_of(secret: str) -> bytes:
    """`whsec_` and base64, as the standard has it; anything else is taken as it stands."""
    if secret.startswith("whsec_"):
        try:
            return base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except ValueError:
            pass
    return secret.encode()


def payload(delivery: Delivery, contents: Contents) -> dict[str, Any]:
    if delivery.kind == Delivery.Kind.TEST:
        return {"type": "test", "timestamp": delivery.created_at.isoformat(), "data": {"events": []}}
    events = [
        {
            "id": f"{line.event.stream.name}.{line.event.stream.epoch}.{line.event.seq}",
            "type": line.event.type,
            "at": line.at.isoformat(),
            "actor": line.event.actor_id,
            "subject": group.subject,
            "key": group.key,
            "title": group.title,
            "link": group.link,
            "words": line.words,
            "body": line.body,
        }
        for group in contents.groups
        for line in group.lines
        if line.event is not None
    ]
    events.sort(key=lambda event: str(event["at"]))
    return {"type": "events", "timestamp": delivery.created_at.isoformat(), "data": {"events": events}}
