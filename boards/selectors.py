"""How people look at boards: the saved views they may choose from, where they start and what they have folded."""

from typing import Any

from django.db.models import Q, QuerySet

from boards.models import Board, Look, View
from boards.references import Reference, find_reference
from tracker.errors import NotFound
from tracker.people import access
from tracker.people.models import User

GUARDED = ("project", "account")


def reference_of(board: Board, viewer: User) -> Reference:
    """What the board shows. Raises NotFound where the viewer does not see that."""
    kind, _colon, pk = str(board).partition(":")
    if kind == "person":
        if int(pk) != viewer.pk:
            raise NotFound
        return Reference(kind, viewer.pk)
    return find_reference(viewer=viewer, name=str(board))


def held_on(reference: Reference, viewer: User) -> frozenset[str]:
    """What the viewer may do where the board's cards are. A queue or a team's work is open to every member."""
    if reference.kind == "person":
        return frozenset()
    if reference.kind in GUARDED:
        entry = access.guarded[reference.kind]
        return access.abilities(viewer, entry.model._default_manager.get(pk=reference.id))
    return frozenset({"see", "work", "manage"} if viewer.is_administrator else {"see", "work"})


def read_views(*, viewer: User, board: str) -> dict[str, Any]:
    """The views that the viewer may choose from, theirs and shared ones, where they start and what they have folded."""
    reference = find_reference(viewer=viewer, name=board)
    held = held_on(reference, viewer)
    views = seen_views(reference, viewer)
    look = Look.objects.filter(person=viewer, **on(reference)).first()
    rows = [show(view, viewer, held) for view in views]
    start = look.default_id if look else None
    return {
        "views": rows,
        # A view that was shared once, and is no more, is not theirs to start with.
        "default": start if start in {row["id"] for row in rows} else None,
        "folded": look.folded if look else [],
        "can": ["share"] if "work" in held else [],
    }


def on(reference: Reference) -> dict[str, int]:
    return {f"board__{reference.kind}": reference.id}


def seen_views(reference: Reference, viewer: User) -> QuerySet[View]:
    return View.objects.filter(Q(owner=viewer) | Q(is_shared=True), **on(reference)).order_by("pk")


def show(view: View, viewer: User, held: frozenset[str]) -> dict[str, Any]:
    return {
        "id": view.pk,
        "name": view.name,
        "owner": view.owner_id,
        "is_shared": view.is_shared,
        "settings": view.settings,
        "version": view.version,
        "can": ["change"] if may_change(view, viewer, held) else [],
    }


def may_change(view: View, viewer: User, held: frozenset[str]) -> bool:
    """Its owner; and of a shared one also whoever manages what the board shows."""
    return view.owner_id == viewer.pk or (view.is_shared and "manage" in held)
