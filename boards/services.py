"""Saving, changing and removing views, and remembering how a person looks at a board."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from boards.models import Board, Look, View
from boards.references import Reference, find_reference
from boards.selectors import held_on, may_change, read_views, reference_of, seen_views, show
from tracker.errors import Conflict, Forbidden, NotFound, Refused
from tracker.log.change import change
from tracker.people.models import User

MOST_VIEWS = 100  # of one person on one board


def board_of(reference: Reference) -> Board:
    """The row to which what is kept about a board belongs; made when the first of it is."""
    shows: dict[str, Any] = {f"{reference.kind}_id": reference.id}
    return Board.objects.get_or_create(**shows)[0]


def add_view(
    *, actor: User, board: str, name: str, settings: dict[str, Any], is_shared: bool = False,
    command_id: UUID | None = None,
) -> dict[str, Any]:  # fmt: skip
    """A new view. Raises NotFound, Forbidden (sharing needs the right to work there), Refused, Conflict (too many)."""
    with change(actor=actor, command_id=command_id) as log:
        reference = find_reference(viewer=actor, name=board)
        held = held_on(reference, actor)
        require_sharing(is_shared, reference, held)
        row = board_of(reference)
        if row.views.filter(owner=actor).count() >= MOST_VIEWS:
            raise Conflict(_("You have saved many views here. Delete one first."), code="too_many_views")
        require_own_name(row, actor, name)
        log.shows(reference.kind, reference.id)
        view = row.views.create(owner=actor, name=name, settings=settings, is_shared=is_shared, created_at=log.at)
        return show(view, actor, held)


def change_view(*, actor: User, view_id: int, fields: dict[str, Any], command_id: UUID | None = None) -> dict[str, Any]:
    """Change a view's name, settings, or whether it is shared. Raises NotFound, Forbidden, Refused."""
    with change(actor=actor, command_id=command_id) as log:
        view, reference, held = lock_view(actor, view_id)
        log.shows(reference.kind, reference.id)
        if fields.get("is_shared", view.is_shared) != view.is_shared:
            require_sharing(fields["is_shared"], reference, held)
        if fields.get("name", view.name) != view.name:
            require_own_name(view.board, view.owner, fields["name"], view)
        values = {name: value for name, value in fields.items() if value != getattr(view, name)}
        if values:
            for name, value in values.items():
                setattr(view, name, value)
            view.version += 1
            view.save(update_fields=[*values, "version"])
        return show(view, actor, held)


def remove_view(*, actor: User, view_id: int, command_id: UUID | None = None) -> None:
    """Delete a view; who started with it starts with the board as it comes. Raises NotFound, Forbidden."""
    with change(actor=actor, command_id=command_id):
        view, _reference, _held = lock_view(actor, view_id)
        view.delete()


def lock_view(actor: User, view_id: int) -> tuple[View, Reference, frozenset[str]]:
    """The view, locked, with the board's reference and what the actor may do there, once they may change it."""
    view = View.objects.select_for_update(of=("self",)).select_related("board", "owner").filter(pk=view_id).first()
    if view is None or not (view.is_shared or view.owner_id == actor.pk):
        raise NotFound
    reference = reference_of(view.board, actor)
    held = held_on(reference, actor)
    if not may_change(view, actor, held):
        raise Forbidden
    return view, reference, held


def require_sharing(is_shared: bool, reference: Reference, held: frozenset[str]) -> None:
    if not is_shared:
        return
    if reference.kind == "person":
        raise Refused(_("Only you see this board: there is nobody to share with."), code="own_board", field="is_shared")
    if "work" not in held:
        raise Forbidden


def require_own_name(board: Board, owner: User, name: str, view: View | None = None) -> None:
    others = board.views.filter(owner=owner, name=name)
    if view is not None:
        others = others.exclude(pk=view.pk)
    if others.exists():
        raise Refused(_("You have a view of this name here."), code="name_taken", field="name")


def change_look(*, actor: User, board: str, fields: dict[str, Any], command_id: UUID | None = None) -> dict[str, Any]:
    """Where the actor starts on this board, and what they have folded. Raises NotFound, Refused (no such view)."""
    with change(actor=actor, command_id=command_id):
        reference = find_reference(viewer=actor, name=board)
        start = fields.get("default")
        if start is not None and not seen_views(reference, actor).filter(pk=start).exists():
            raise Refused(_("There is no such view."), code="unknown", field="default")
        row = board_of(reference)
        look, _is_new = Look.objects.select_for_update().get_or_create(board=row, person=actor)
        values = {{"default": "default_id"}.get(name, name): value for name, value in fields.items()}
        for name, value in values.items():
            setattr(look, name, value)
        if values:
            look.save(update_fields=["default" if name == "default_id" else name for name in values])
        return read_views(viewer=actor, board=board)
