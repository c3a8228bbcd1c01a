"""Hooks: a person's own chat, and the chats and programs that an account or an initiative tells."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from notifications.models import Breaker, Delivery, Hook
from notifications.outbox import ask_for
from tracker.errors import Forbidden, NotFound, Refused
from tracker.log.change import change
from tracker.outgoing.addresses import require_public
from tracker.outgoing.sealing import Unreadable, seal, unseal
from tracker.people import access
from tracker.people.models import User

MOST_HOOKS = 20  # of one account or initiative
SHORTEST_SECRET = 24  # characters of a program's; chats give theirs


def require_manages(actor: User, scope: str) -> None:
    """Raises NotFound where the thing is hidden, Forbidden where the actor sees but does not manage it."""
    kind, _colon, ref = scope.partition(":")
    thing = access.guarded[kind].model._default_manager.filter(pk=int(ref)).first()
    if thing is None:
        raise NotFound
    access.require(access.abilities(actor, thing), "manage")


def hooks_of(viewer: User, scope: str) -> QuerySet[Hook]:
    """One's own, or those of a thing that one manages. Raises NotFound, Forbidden."""
    if not scope:
        return Hook.objects.filter(owner=viewer, scope="")
    require_manages(viewer, scope)
    return Hook.objects.filter(scope=scope)


def find_hook(actor: User, hook_id: int) -> Hook:
    """Raises NotFound, Forbidden."""
    hook = Hook.objects.filter(pk=hook_id).select_related("owner").first()
    if hook is None:
        raise NotFound
    if hook.scope:
        require_manages(actor, hook.scope)
    elif hook.owner_id != actor.pk:
        raise NotFound
    return hook


def add_hook(*, actor: User, kind: str, name: str, url: str, secret: str, language: str, scope: str) -> Hook:
    """Set one up. Somebody's own chat takes the place of the one before. Raises NotFound, Forbidden, Refused, NotPublic.

    Looks the address up, so it must not be called inside a change.
    """
    if scope:
        require_manages(actor, scope)
    elif kind == Hook.Kind.WEBHOOK:
        raise Refused(_("A webhook belongs to an account or an initiative."), code="needs_scope", field="scope")
    require_secret(kind, secret)
    require_public(url, "url")
    with change(actor=actor):
        if scope and Hook.objects.filter(scope=scope).count() >= MOST_HOOKS:
            raise Refused(_("There are many here already. Remove one first."), code="too_many")
        if not scope:
            Hook.objects.filter(owner=actor, scope="").delete()
        return Hook.objects.create(
            kind=kind,
            name=name,
            owner=actor,
            scope=scope,
            language=language,
            sealed_url=seal(url),
            sealed_secret=seal(secret) if secret else "",
        )


def change_hook(*, actor: User, hook_id: int, fields: dict[str, Any]) -> Hook:
    """Change what is given; whoever does answers for it from now on. A program's new secret signs beside the one before,
    until the next is given. Raises NotFound, Forbidden, Refused, NotPublic. Not inside a change: it looks addresses up.
    """
    find_hook(actor, hook_id)
    url = fields.pop("url", "")
    if url:
        require_public(url, "url")
    with change(actor=actor):
        hook = find_hook(actor, hook_id)
        secret = fields.pop("secret", None)
        for field, value in fields.items():
            setattr(hook, field, value)
        if url:
            hook.sealed_url = seal(url)
        if secret is not None:
            require_secret(hook.kind, secret)
            hook.sealed_secret = seal(rotated(hook, secret)) if secret else ""
        hook.owner = actor
        hook.save(update_fields=[*fields, "sealed_url", "sealed_secret", "owner"])
        if url or secret or fields.get("is_on"):
            Breaker.objects.filter(target=f"hook:{hook.pk}").delete()  # a new beginning
        return hook


def rotated(hook: Hook, secret: str) -> str:
    """The new one first, and for programs the one before."""
    if hook.kind != Hook.Kind.WEBHOOK or not hook.sealed_secret:
        return secret
    try:
        return f"{secret} {unseal(hook.sealed_secret).split()[0]}"
    except (Unreadable, IndexError):
        return secret


def require_secret(kind: str, secret: str) -> None:
    if any(letter.isspace() for letter in secret):
        raise Refused(_("A secret has no spaces."), code="not_a_secret", field="secret")
    if kind == Hook.Kind.WEBHOOK and len(secret) < SHORTEST_SECRET:
        words = _("A webhook's secret has at least %(count)s characters.") % {"count": SHORTEST_SECRET}
        raise Refused(words, code="too_short", field="secret")


def remove_hook(*, actor: User, hook_id: int) -> None:
    with change(actor=actor):
        find_hook(actor, hook_id).delete()


def try_hook(*, actor: User, hook_id: int) -> Delivery:
    """Send a test message there. Raises NotFound, Forbidden."""
    with change(actor=actor) as log:
        hook = find_hook(actor, hook_id)
        way = Delivery.Way.WEBHOOK if hook.kind == Hook.Kind.WEBHOOK else Delivery.Way.CHAT
        row = Delivery(
            way=way,
            kind=Delivery.Kind.TEST,
            target=f"hook:{hook.pk}",
            hook=hook,
            recipient=actor if not hook.scope else None,
            is_open=False,
            is_urgent=True,
            created_at=log.at,
            due_at=log.at,
        )
        ask_for([row], log.at)
        row.save(force_insert=True)
        return row


def show_hook(hook: Hook) -> dict[str, Any]:
    """What may be read again: of the address only its host."""
    breaker = Breaker.objects.filter(target=f"hook:{hook.pk}").first()
    last = Delivery.objects.filter(hook=hook, state=Delivery.State.SENT).order_by("-sent_at").first()
    return {
        "id": hook.pk,
        "kind": hook.kind,
        "name": hook.name,
        "scope": hook.scope,
        "language": hook.language,
        "is_on": hook.is_on,
        "owner": hook.owner_id,
        "host": host_of(hook),
        "has_secret": bool(hook.sealed_secret),
        "failures": breaker.failures if breaker else 0,
        "error": breaker.error if breaker else "",
        "rests_until": open_until(breaker),
        "last_sent": last.sent_at if last else None,
    }


def open_until(breaker: Breaker | None) -> datetime | None:
    return breaker.open_until if breaker else None


def host_of(hook: Hook) -> str:
    try:
        return urlsplit(unseal(hook.sealed_url)).hostname or ""
    except Unreadable:
        return ""


def deliveries_of(viewer: User, hook_id: int) -> QuerySet[Delivery]:
    """What was sent there, or is to be. Raises NotFound, Forbidden."""
    return Delivery.objects.filter(hook=find_hook(viewer, hook_id)).select_related("hook", "recipient")


def find_delivery(actor: User, delivery_id: str) -> Delivery:
    """For sending it once more: an administrator's any, and those of the hooks that one manages. Raises NotFound."""
    rows = Delivery.objects.select_related("hook", "recipient", "subscription").select_for_update(of=("self",))
    row = rows.filter(pk=delivery_id).first()
    if row is None:
        access.require_administrator(actor)
        raise NotFound
    if not (actor.is_active and actor.is_administrator):
        if row.hook_id is None:
            access.require_administrator(actor)
        else:
            require_own(actor, row.hook_id)
    return row


def require_own(actor: User, hook_id: int) -> None:
    try:
        find_hook(actor, hook_id)
    except (NotFound, Forbidden):
        access.require_administrator(actor)
