"""Browser push: what arrives at a push service opens with the browser's own key, and says who sent it."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils.timezone import now

from notifications.models import Delivery, Subscription
from notifications.transports.push.encryption import encrypt
from notifications.transports.push.vapid import public_key
from tests.notifications.telling import always_there, mention, say, tell
from tests.support.asking import Asking
from tests.support.receiver import Heard, Receiver, receiver
from tests.work.conftest import Board
from tracker.people.models import User

pytestmark = pytest.mark.django_db


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Browser:
    """The receiving end of RFC 8291."""

    def __init__(self) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.point = self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.auth = bytes(range(16))
        self.keys = {"p256dh": b64(self.point), "auth": b64(self.auth)}

    def open(self, body: bytes) -> dict[str, Any]:
        salt, length = body[:16], body[20]
        sender, sealed = body[21 : 21 + length], body[21 + length :]
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), sender))
        secret = HKDF(SHA256(), 32, self.auth, b"WebPush: info\0" + self.point + sender).derive(shared)
        key = HKDF(SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(secret)
        nonce = HKDF(SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(secret)
        text = AESGCM(key).decrypt(nonce, sealed, None)
        assert text[-1:] == b"\x02"
        found: dict[str, Any] = json.loads(text[:-1])
        return found


@pytest.fixture
def service(settings: Any) -> Iterator[Receiver]:
    settings.OUTGOING_ALLOWED_HOSTS = ["127.0.0.1"]
    with receiver() as found:
        found.answer = (201, b"")
        yield found


def subscribed(person: User, service: Receiver) -> Browser:
    browser = Browser()
    always_there(person)
    body = {"endpoint": f"{service.url}/push/{person.pk}", "keys": browser.keys}
    assert Asking(person).post("/me/browsers", body).status_code == 200
    return browser


def is_from_us(heard: Heard, origin: str) -> bool:
    """As a push service checks it: RFC 8292."""
    scheme, _space, rest = heard.headers["authorization"].partition(" ")
    token, key = (part.strip().split("=", 1)[1] for part in rest.split(","))
    signed, _dot, signature = token.rpartition(".")
    head, claims = (json.loads(raw(part)) for part in signed.split("."))
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(key))
    r, s = (int.from_bytes(half, "big") for half in (raw(signature)[:32], raw(signature)[32:]))
    point.verify(encode_dss_signature(r, s), signed.encode(), ec.ECDSA(SHA256()))  # raises
    good_for = claims["exp"] - now().timestamp()
    return (scheme, head["alg"], claims["aud"], key) == (
        "vapid",
        "ES256",
        origin,
        public_key(),
    ) and 0 < good_for < 86400


def test_the_example_of_the_standard_comes_out_byte_for_byte() -> None:
    """RFC 8291, section 5 and appendix A."""
    own = ec.derive_private_key(
        int.from_bytes(raw("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), ec.SECP256R1()
    )
    body = encrypt(
        b"When I grow up, I want to be a watermelon",
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
        salt=raw("DGv6ra1nlYgDCS1FRnbzlw"),
        own=own,
    )
    assert b64(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl9"
        "5bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@pytest.mark.parametrize(("language", "words"), [("en", "mentioned you: look"), ("zh-Hans", "提及了你：look")])
def test_a_mention_is_pushed_to_the_browser_and_to_nobody_between(
    board: Board, service: Receiver, language: str, words: str
) -> None:
    browser = subscribed(board.member, service)
    User.objects.filter(pk=board.member.pk).update(language=language)
    task = board.card(title="Call the plant")
    say(board, task, f"{mention(board.member)} look".replace("[@You]", "[]"))
    tell()
    (heard,) = service.heard
    assert b"plant" not in heard.body
    assert is_from_us(heard, service.url)
    assert (heard.headers["urgency"], heard.headers["content-encoding"], int(heard.headers["ttl"]) > 0) == (
        "high",
        "aes128gcm",
        True,
    )
    said = browser.open(heard.body)
    delivery = Delivery.objects.get(way="push")
    key = f"{board.project.key}-{task.number}"
    assert said["title"] == f"{key} Call the plant"
    assert words in said["body"]
    assert said["link"].endswith(f"/b/{board.project.key}/{key}")
    assert (said["id"], delivery.state) == (str(delivery.pk), "sent")


def test_by_default_only_what_waits_for_the_person_is_pushed(board: Board, service: Receiver) -> None:
    subscribed(board.member, service)
    say(board, board.card(owner=board.member))
    tell()
    assert not Delivery.objects.filter(way="push").exists()
    chosen = Asking(board.member).put("/me/preferences", {"reason": "owner", "way": "push", "is_on": True})
    assert {"reason": "owner", "way": "push"} in chosen.json()["off"]
    say(board, board.card(owner=board.member))
    tell()
    assert Delivery.objects.filter(way="push").exists()


def test_thirty_five_cards_are_one_short_message(board: Board, service: Receiver) -> None:
    browser = subscribed(board.member, service)
    for _card in range(35):
        say(board, board.card(title="长" * 300), mention(board.member) + "长" * 2000)
    tell()
    (heard,) = service.heard
    assert len(heard.body) < 4096
    said = browser.open(heard.body)
    assert said["title"] == "News on 35 cards"
    assert said["body"].endswith("and 33 more")
    assert said["link"].endswith("/inbox")


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(board: Board, service: Receiver, status: int) -> None:
    subscribed(board.member, service)
    service.answer = (status, b"")
    say(board, board.card(), mention(board.member))
    tell()
    assert not Subscription.objects.exists()
    assert Delivery.objects.get(way="push").state == "dropped"


@pytest.mark.parametrize("keys", [{"p256dh": "abc"}, {"auth": "abc"}, {"p256dh": b64(b"\x04" + bytes(64))}])
def test_keys_that_are_none_are_refused(board: Board, service: Receiver, keys: dict[str, str]) -> None:
    body = {"endpoint": f"{service.url}/push/1", "keys": Browser().keys | keys}
    assert Asking(board.member).post("/me/browsers", body).json()["code"] == "not_a_key"


def test_a_browser_belongs_to_whoever_signed_in_last_and_can_be_tried_and_removed(
    board: Board, service: Receiver
) -> None:
    browser = Browser()
    body = {"endpoint": f"{service.url}/push/1", "keys": browser.keys}
    for person in (board.viewer, board.member):
        Asking(person).post("/me/browsers", body)
    (row,) = Asking(board.member).get("/me/browsers").json()["items"]
    assert Asking(board.viewer).get("/me/browsers").json()["items"] == []
    assert Asking(board.viewer).post(f"/me/browsers/{row['id']}/test").status_code == 404
    Asking(board.member).post(f"/me/browsers/{row['id']}/test")
    tell()
    assert "It works" in browser.open(service.heard[0].body)["body"]
    assert Asking(board.member).delete(f"/me/browsers/{row['id']}").status_code == 204
    assert not Subscription.objects.exists()
