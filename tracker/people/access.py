"""Who may see and do what: every question of access is answered here, for lists, single things, files, the socket alike.

Roles are named sets of permissions in guardian's direct foreign-key tables, given to a person or to a team (a group).
A thing may have a parent (a project's account) whose roles count for it too, unless the thing is private. The module
knows no models by itself: each package registers its own.

Abilities, each including those before it: visit (single tasks only) < see < comment < work < manage.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Func, JSONField, Model, Q, QuerySet

from tracker.errors import Forbidden, NotFound
from tracker.log.statements import Numbers, compiled
from tracker.people.models import User

M = TypeVar("M", bound=Model)

ABILITIES = ("visit", "see", "comment", "work", "manage")
SENSITIVE = ("see_revenue", "see_contacts")
MAY_SEE = {"see", "comment", "work", "manage"}

# The permissions of each role, most powerful first. A role holds everything below it too.
ROLES: dict[str, tuple[str, ...]] = {
    "manager": ("see", "comment", "work", "manage"),
    "member": ("see", "comment", "work"),
    "commenter": ("see", "comment"),
    "viewer": ("see",),
    "guest": ("visit",),
}
# The account team's roles: what each may do, and which sensitive facts it sees.
TEAM_ROLES: dict[str, tuple[str, ...]] = {
    "lead": (*ROLES["manager"], "see_revenue", "see_contacts"),
    "member": (*ROLES["member"], "see_contacts"),
    "sponsor": (*ROLES["commenter"], "see_revenue"),
    "viewer": ROLES["viewer"],
}


@dataclass(frozen=True)
class Guarded:
    """A model that people are given access to: its permission tables, and where the roles of its parent apply."""

    model: type[Model]
    kind: str
    users: type[Model]
    groups: type[Model]
    roles: dict[str, tuple[str, ...]]
    parent: str | None = None  # the kind of the parent, which is also the name of the foreign key to it
    private: str | None = None  # the field that shuts the parent's roles out


guarded: dict[str, Guarded] = {}


def register(thing: Guarded) -> None:
    guarded[thing.kind] = thing


def kind_of(thing: Model | type[Model]) -> Guarded:
    model = thing if isinstance(thing, type) else type(thing)
    return next(entry for entry in guarded.values() if entry.model is model)


# --- giving and taking -------------------------------------------------------------------------------------------


def grant(thing: Model, holder: User | Group, role: str | None) -> None:
    """Give a person or a team this role on a thing instead of whatever it had; None takes everything away."""
    entry = kind_of(thing)
    wanted = {codename(ability, entry) for ability in entry.roles[role]} if role else set()
    table, field = (entry.groups, "group") if isinstance(holder, Group) else (entry.users, "user")
    rows = table._default_manager.filter(content_object=thing, **{field: holder})
    held = set(rows.values_list("permission__codename", flat=True))
    if held - wanted:
        rows.filter(permission__codename__in=held - wanted).delete()
    if wanted - held:
        permissions = Permission.objects.filter(
            content_type=ContentType.objects.get_for_model(entry.model), codename__in=wanted - held
        )
        table._default_manager.bulk_create(
            [table(content_object=thing, permission=permission, **{field: holder}) for permission in permissions],
            ignore_conflicts=True,
        )


def codename(ability: str, entry: Guarded) -> str:
    """The name of the permission in guardian's tables, as in `work_project`; sensitive facts keep their own name."""
    return ability if ability in SENSITIVE else f"{ability}_{entry.kind}"


# --- asking ------------------------------------------------------------------------------------------------------


def reads_everything(viewer: Any) -> bool:
    return viewer.is_active and (viewer.is_overseer or viewer.is_administrator)


def may_see_workspace(viewer: Any) -> bool:
    """People, functions, teams, labels and workflows: every signed-in member; guests get what they need elsewhere."""
    return bool(viewer.is_authenticated and viewer.is_active and not viewer.is_guest)


def require_administrator(actor: User) -> None:
    """Raises Forbidden for anybody who does not manage people, functions and workflows (NotFound for guests)."""
    if not (actor.is_active and actor.is_administrator):
        raise Forbidden if may_see_workspace(actor) else NotFound


@dataclass(frozen=True)
class Viewer:
    """Of a person, what decides what they see: for statements that are compiled once for all people of a kind."""

    pk: int
    is_administrator: bool
    is_overseer: bool
    is_active: bool = True


def granted(viewer: User | Viewer, entry: Guarded, abilities: Iterable[str]) -> Q:
    """The things of this kind on which the viewer, or a team of theirs, holds one of the abilities."""
    names = [codename(ability, entry) for ability in abilities]
    own = entry.users._default_manager.filter(user=viewer.pk, permission__codename__in=names)
    teams = entry.groups._default_manager.filter(group__user=viewer.pk, permission__codename__in=names)
    found = Q(pk__in=own.values("content_object_id")) | Q(pk__in=teams.values("content_object_id"))
    if entry.parent:
        above = guarded[entry.parent]
        parents = above.model._default_manager.filter(granted(viewer, above, abilities)).values("pk")
        inherited = Q(**{f"{entry.parent}__in": parents})
        found |= inherited & Q(**{entry.private: False}) if entry.private else inherited
    return found


def visible(viewer: User | Viewer, model: type[M], ability: str = "see") -> QuerySet[M]:
    """The things of this model on which the viewer holds the ability. Inactive people have nothing."""
    everything = model._default_manager.all()
    if not viewer.is_active:
        return everything.none()
    if viewer.is_administrator or (viewer.is_overseer and ability in {"see", "see_revenue"}):
        return everything
    return everything.filter(granted(viewer, kind_of(model), [ability]))


def with_abilities(rows: QuerySet[Any], viewer: User, kind: str, path: str = "") -> QuerySet[Any]:
    """Annotate rows with what the viewer holds on the thing at `path` (empty: the row itself), for `abilities_in`.

    One statement answers both what the row is and what may be done with it. Administrators need no asking.
    """
    if not viewer.is_active or viewer.is_administrator:
        return rows
    return with_held(rows, viewer.pk, kind, path)


def with_held(rows: QuerySet[Any], viewer_id: int, kind: str, path: str = "") -> QuerySet[Any]:
    """The same for whoever it is, for statements that are compiled once."""
    return rows.annotate(held_permissions=Held(viewer_id, kind, path))


class Held(Func):
    """The names of the permissions that somebody holds on one thing, there and above it, as a JSON list.

    Written as SQL, because it stands in every change's first statement: as nested querysets it took Django several
    times longer to put together than the database to answer.
    """

    output_field = JSONField()
    template = ""

    def __init__(self, viewer: int, kind: str, path: str) -> None:
        self.viewer, self.entry = viewer, guarded[kind]
        start = f"{path}__" if path else ""
        things = [F(f"{start}pk")]
        if self.entry.parent:
            things.append(F(f"{start}{self.entry.parent}_id"))
        if self.entry.private:
            things.append(F(f"{start}{self.entry.private}"))
        super().__init__(*things)

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:  # type: ignore[override]
        template = "to_jsonb(ARRAY(%s))" if connection.vendor == "postgresql" else JSON_LIST
        thing, *above = (compiler.compile(expression) for expression in self.get_source_expressions())
        parts = holdings(self.entry, thing, self.viewer)
        if self.entry.parent:
            parts += holdings(guarded[self.entry.parent], above[0], self.viewer, *above[1:])
        sql = " UNION ".join(part for part, _params in parts)
        return template % sql, [param for _part, params in parts for param in params]


JSON_LIST = "(SELECT json_group_array(codename) FROM (%s))"
Compiled = tuple[str, Sequence[Any]]


def holdings(entry: Guarded, thing: Compiled, viewer: int, private: Compiled | None = None) -> list[Compiled]:
    """Two statements: the permissions that somebody holds on a thing by themselves, and through their teams."""
    permission, member = Permission._meta.db_table, User.groups.through._meta.db_table
    shut, shut_params = (f" AND NOT {private[0]}", private[1]) if private else ("", ())
    found: list[Compiled] = []
    for table, who in ((entry.users, "held.user_id = %s"), (entry.groups, "member.user_id = %s")):
        teams = f" JOIN {member} member ON member.group_id = held.group_id" if table is entry.groups else ""
        sql = (
            f"SELECT named.codename FROM {table._meta.db_table} held{teams}"  # noqa: S608 (names of our own tables)
            f" JOIN {permission} named ON named.id = held.permission_id"
            f" WHERE held.content_object_id = {thing[0]} AND {who}{shut}"
        )
        found.append((sql, (*thing[1], viewer, *shut_params)))
    return found


def abilities_in(row: Any, viewer: User) -> frozenset[str]:
    """What `with_abilities` found for this row."""
    if not viewer.is_active:
        return frozenset()
    if viewer.is_administrator:
        return frozenset(ABILITIES) | frozenset(SENSITIVE)
    found = {name.partition("_")[0] for name in row.held_permissions if name not in SENSITIVE}
    if viewer.is_overseer:
        found.add("see")
    return frozenset(found)


def abilities(viewer: User, thing: Model) -> frozenset[str]:
    """What the viewer may do with one account or project; on an account also which sensitive facts they see."""
    entry = kind_of(thing)
    row = with_abilities(entry.model._default_manager.filter(pk=thing.pk), viewer, entry.kind).first()
    found = abilities_in(row, viewer) if row else frozenset[str]()
    if entry.kind == "account" and not viewer.is_administrator:
        found |= {fact for fact in SENSITIVE if visible(viewer, entry.model, fact).filter(pk=thing.pk).exists()}
    return found


def require(held: frozenset[str], ability: str) -> None:
    """Raises NotFound where the thing is hidden, Forbidden where it is seen but the ability is missing."""
    if "see" not in held:
        raise NotFound
    if ability not in held:
        raise Forbidden


def shown(held: Iterable[str]) -> list[str]:
    """The `can` flags beside a thing, in a fixed order, without what only guests need."""
    return [ability for ability in (*ABILITIES[1:], *SENSITIVE) if ability in set(held)]


def people_who(kind: str, pk: int, ability: str = "see") -> QuerySet[User]:
    """The active people who hold an ability on one thing: whom its news may reach."""
    entry = guarded[kind]
    return those_who(entry, ability, pk, parent_that_counts(entry, pk))


def ids_of_people_who(kind: str, pk: int, ability: str = "see", among: Iterable[int] | None = None) -> set[int]:
    """The same, all of them at once or those among some, for whoever tells them things again and again."""
    parent = parent_that_counts(guarded[kind], pk)
    given: dict[str, Any] = {} if parent is None else {"parent": parent}
    if among is not None:
        given["pk__in"] = Numbers(among)
    return {row[0] for row in keys_of_those_who(kind, ability, pk=pk, **given)}


@compiled
def keys_of_those_who(
    kind: str, ability: str, *, pk: int, parent: int | None = None, **among: Numbers
) -> QuerySet[User, Any]:
    return those_who(guarded[kind], ability, pk, parent).filter(**among).values_list("pk")


def those_who(entry: Guarded, ability: str, pk: int, parent: int | None) -> QuerySet[User]:
    everybody = Q(is_administrator=True) | (Q(is_overseer=True) if ability == "see" else Q())
    return User.objects.filter(everybody | holders(entry, pk, ability, parent), is_active=True).distinct()


def involved(kind: str, pk: int) -> QuerySet[User]:
    """The active people who have a role on one thing or above it: without those who merely see everything, and guests."""
    active = User.objects.filter(is_active=True, is_guest=False)
    entry = guarded[kind]
    return active.filter(holders(entry, pk, "see", parent_that_counts(entry, pk))).distinct()


def parent_that_counts(entry: Guarded, pk: int) -> int | None:
    """The id of the thing above this one, unless there is none, or its roles are shut out."""
    if not entry.parent:
        return None
    above, *shut = next(iter(place_of(entry.kind, pk=pk)), (None,))
    return None if any(shut) else above


@compiled
def place_of(kind: str, *, pk: int) -> QuerySet[Any, Any]:
    entry = guarded[kind]
    names = [f"{entry.parent}_id", *([entry.private] if entry.private else [])]
    return entry.model._default_manager.filter(pk=pk).values_list(*names)


def holders(entry: Guarded, pk: int, ability: str, parent: int | None) -> Q:
    """Those who hold the ability on the thing, or on its parent (as `parent_that_counts` finds it)."""
    permission = codename(ability, entry)
    own = entry.users._default_manager.filter(content_object=pk, permission__codename=permission).values("user_id")
    teams = entry.groups._default_manager.filter(content_object=pk, permission__codename=permission).values("group_id")
    found = Q(pk__in=own) | Q(groups__in=teams)
    if entry.parent and parent is not None:
        found |= holders(guarded[entry.parent], parent, ability, None)
    return found
