"""One sheet of a mapping, carried out: its rows in chunks, each in one transaction; or only looked at, in a dry run."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _

from tracker.errors import DomainError
from tracker.imports.kinds import KINDS
from tracker.imports.kinds.kind import Draft
from tracker.imports.mapping import MostOf, SheetRule
from tracker.imports.reading.rows import Row, column_name
from tracker.imports.reading.tables import Files, Table
from tracker.imports.report import Level, Line, Report
from tracker.imports.run import Missing, Run
from tracker.imports.values import DoesNotFit, Reading, as_list, digests, matches, read_cells, read_fields
from tracker.log.change import Change, change

CHUNK = 200  # rows: a row tells of at most two things in one stream, and a transaction of at most 500
WINDOW = 5000  # rows that are held at once, to bring those of one board together
LONGEST_KEY = 200
REFUSALS = (DomainError, IntegrityError, DataError)


@dataclass(frozen=True)
class Progress:
    """How far an import is: `done` of about `total` rows of a file have been dealt with."""

    makes: str
    file: str
    done: int
    total: int


Teller = Callable[[Progress], None]
Outcome = tuple[Draft, Level, str]
"""A row, what became of it, and what there is to say about it."""


class Step:
    """Reads the rows of one sheet, decides what becomes of each, and does it."""

    def __init__(self, run: Run, report: Report, rule: SheetRule, files: Files) -> None:
        self.run = run
        self.report = report
        self.rule = rule
        self.kind = KINDS[rule.makes](run)
        self.table = files.table(rule.file, rule.sheet, rule.encoding) if rule.file else None
        self.file = self.table.name if self.table else f"{run.mapping.source}.toml"
        self.most = {name: most_of(field.most, files) for name, field in rule.fields.items() if field.most}
        self.lines: list[Line] = []

    def rows(self) -> Iterable[Row]:
        if self.table:
            return self.table.rows()
        written = ({column_name(name): cell for name, cell in row.items()} for row in self.rule.rows)
        return (Row(number, cells) for number, cells in enumerate(written, start=1))

    def carry_out(self, total: int, tell: Teller) -> None:
        """All rows, in chunks; what is committed stays, whatever happens to the chunks after it."""
        done = 0
        for wave in self.waves():
            for readings in pieces(wave, CHUNK):
                self.deal_with(readings)
                done += len(readings)
                tell(Progress(self.rule.makes, self.file, done, total))
        self.report.lines += sorted(self.lines, key=lambda line: line.row)

    def deal_with(self, readings: list[Reading]) -> None:
        drafts = []
        for reading in readings:
            if (draft := self.drafted(reading)) is None:
                continue
            if self.run.is_dry:
                self.foresee(draft)
            else:
                drafts.append(draft)
        if drafts:
            self.write(drafts)

    # --- which rows, in which order ---

    def readings(self) -> Iterator[Reading]:
        """The rows that the mapping asks for, each key once."""
        known = self.run.identities.of(self.rule.makes)
        for row in self.rows():
            reading = read_cells(row, self.rule, self.run.mapping)
            if reading.problem:
                self.say(reading, Level.REFUSED, reading.problem)
            elif not self.is_wanted(reading) and (self.rule.once or reading.key not in known):
                self.report.left_out[self.rule.makes, self.file] += 1
            elif self.is_first(reading):
                read_fields(reading, self.rule, self.run.mapping, self.most)
                yield reading

    def is_wanted(self, reading: Reading) -> bool:
        cells, unless = reading.cells, self.rule.unless
        return matches(cells, self.rule.where) and not (unless and matches(cells, unless))

    def is_first(self, reading: Reading) -> bool:
        place = self.run.claimed.get((self.rule.makes, reading.key))
        if place is None or not reading.key:
            here = _("%(file)s row %(row)s") % {"file": self.file, "row": reading.number}
            self.run.claimed[self.rule.makes, reading.key] = here
            return True
        if self.rule.once:
            return self.adds_to_lists and place.startswith(self.file)
        self.say(reading, Level.REFUSED, _("This is in %(place)s already.") % {"place": place})
        return False

    @property
    def adds_to_lists(self) -> bool:
        return self.rule.once and bool(self.kind.lists.keys() & self.rule.fields.keys())

    def waves(self) -> Iterable[Iterable[Reading]]:
        """The rows in groups, so that each group refers only to the groups before it."""
        if self.adds_to_lists:
            return [merged(self.readings(), set(self.kind.lists))]
        if self.kind.parent in self.rule.fields:
            return self.parents_first(list(self.readings()))
        if self.kind.together in self.rule.fields:
            return self.grouped(self.kind.together)
        return [self.readings()]

    def grouped(self, field: str) -> Iterator[list[Reading]]:
        """The rows in their order, but within a window those of one thing together."""
        for window in pieces(self.readings(), WINDOW):
            yield sorted(window, key=lambda reading: str(reading.texts[field]))

    def parents_first(self, readings: list[Reading]) -> Iterator[list[Reading]]:
        """Parents before their children. Rows whose parents lead in a circle are refused, and so is nothing else."""
        yield [reading for reading in readings if not reading.key]
        waiting = {reading.key: reading for reading in readings if reading.key}
        while waiting:
            ready = [reading for reading in waiting.values() if reading.texts[self.kind.parent or ""] not in waiting]
            if not ready:
                break
            yield ready
            for reading in ready:
                del waiting[reading.key]
        for key, reading in waiting.items():
            circle = self.is_in_circle(key, waiting)
            why = _("Its parents lead round in a circle.") if circle else _("The parent of this row was refused.")
            self.say(reading, Level.REFUSED, why)

    def is_in_circle(self, key: str, waiting: dict[str, Reading]) -> bool:
        at = key
        for _step in waiting:
            at = str(waiting[at].texts[self.kind.parent or ""])
            if at == key:
                return True
        return False

    # --- what becomes of a row ---

    def drafted(self, reading: Reading) -> Draft | None:
        """The row ready to be carried out; None where there is nothing to do, which is reported."""
        if reading.problem or not 0 < len(reading.key) <= LONGEST_KEY:
            self.say(
                reading,
                Level.REFUSED,
                reading.problem or _("The row says not, or at too great length, what it is about."),
            )
        elif reading.unknown:
            self.say_unknown(reading)
        else:
            try:
                return self.decided(reading)
            except Missing as missing:
                if missing.unknown:
                    reading.unknown.append(missing.unknown)
                    self.say_unknown(reading)
                else:
                    self.say(reading, Level.REFUSED, str(missing))
            except (DoesNotFit, DomainError) as refusal:
                self.say(reading, Level.REFUSED, str(refusal))
        return None

    def decided(self, reading: Reading) -> Draft | None:
        """Raises Missing, DoesNotFit, DomainError."""
        known = self.run.identities.of(self.rule.makes).get(reading.key)
        draft = Draft(reading, reading.key, {}, digests(reading.texts))
        if known:
            draft.object_id = known.object_id
            draft.changed = self.changed(known.digests, draft.digests)
            if not self.run.identities.is_there(self.rule.makes, known.object_id):
                self.say(reading, Level.UNCHANGED, _("It was deleted here, and is not made again."))
                return None
            if not draft.changed:
                self.say(reading, Level.UNCHANGED)
                return None
        draft.values = self.kind.values(reading, self.rule)
        self.kind.prepare(draft, self.rule)
        return draft

    def changed(self, before: dict[str, str], after: dict[str, str]) -> set[str]:
        fixed = self.kind.kept | {name for name, field in self.rule.fields.items() if field.keep}
        return {name for name, digest in after.items() if before.get(name) != digest} - fixed

    def foresee(self, draft: Draft) -> None:
        """What would become of the row, for the report and for the rows that refer to it."""
        makes, identities = self.rule.makes, self.run.identities
        here = self.kind.existing(draft.values)
        if draft.object_id is not None:
            self.say(draft.reading, Level.UPDATED)
        elif here is not None and identities.has_key(makes, here):
            self.say(draft.reading, Level.REFUSED, same_thing())
        elif here is not None:
            identities.learn(makes, draft.key, here, draft.digests, draft.values)
            self.say(draft.reading, Level.UNCHANGED, here_already())
        elif self.kind.existing_in_plan(draft.values):
            self.say(draft.reading, Level.UNCHANGED, here_already())
        else:
            self.run.plan(makes, draft.key, draft.values)
            self.say(draft.reading, Level.CREATED)

    # --- writing ---

    def write(self, drafts: list[Draft]) -> None:
        """One chunk in one transaction. A row that the services refuse is reported and costs no other."""
        makes, identities = self.rule.makes, self.run.identities
        with change(actor=self.run.actor) as log:
            if names := self.kind.streams(drafts):
                log.lock(*names)
            outcomes = self.adopt([draft for draft in drafts if draft.object_id is None])
            outcomes += self.update(log, [draft for draft in drafts if draft.changed])
            outcomes += self.create(log, [draft for draft in drafts if draft.object_id is None])
            settled = [draft for draft, level, _message in outcomes if level is not Level.REFUSED]
            new = [draft for draft in settled if not draft.changed]
            identities.keep(makes, [(draft.key, draft.object_id or 0, draft.digests) for draft in new])
        for draft in settled:
            identities.learn(makes, draft.key, draft.object_id or 0, draft.digests, draft.values)
        for draft, level, message in outcomes:
            self.say(draft.reading, level, message)

    def adopt(self, drafts: list[Draft]) -> list[Outcome]:
        """Rows about what is here without having been imported: from now on their keys lead to it."""
        outcomes: list[Outcome] = []
        adopted: set[int] = set()
        for draft in drafts:
            draft.object_id = self.kind.existing(draft.values)
            if draft.object_id is None:
                continue
            if draft.object_id in adopted or self.run.identities.has_key(self.rule.makes, draft.object_id):
                outcomes.append((draft, Level.REFUSED, same_thing()))
            else:
                adopted.add(draft.object_id)
                outcomes.append((draft, Level.UNCHANGED, here_already()))
        return outcomes

    def create(self, log: Change, drafts: list[Draft]) -> list[Outcome]:
        """All at once; where that is refused, one by one."""
        try:
            with log.attempt():
                made = self.kind.create_all(drafts) if drafts else []
        except REFUSALS:
            return [self.create_one(log, draft) for draft in drafts]
        for draft, object_id in zip(drafts, made, strict=True):
            draft.object_id = object_id
        return [(draft, Level.CREATED, "") for draft in drafts]

    def create_one(self, log: Change, draft: Draft) -> Outcome:
        try:
            with log.attempt():
                draft.object_id = self.kind.create(draft.values)
        except REFUSALS as refusal:
            return draft, Level.REFUSED, why(refusal)
        return draft, Level.CREATED, ""

    def update(self, log: Change, drafts: list[Draft]) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for draft in drafts:
            told = len(log.events)
            try:
                with log.attempt():
                    self.kind.update(draft.object_id or 0, draft.changes())
                    self.run.identities.follow(self.rule.makes, draft.key, draft.digests)
            except REFUSALS as refusal:
                outcomes.append((draft, Level.REFUSED, why(refusal)))
            else:
                level = Level.UPDATED if len(log.events) > told else Level.UNCHANGED
                outcomes.append((draft, level, ""))
        return outcomes

    # --- the report ---

    def say(self, reading: Reading, level: Level, message: str = "") -> None:
        for column, was, now in reading.corrections:
            self.report.corrections[self.file, column, was, now] += 1
        for gap in (*reading.unknown, *reading.left_empty):
            self.report.unknown[self.file, gap.column, gap.value, gap.where] += 1
        text = " · ".join(dict.fromkeys(filter(None, [message, *reading.notes()])))
        self.lines.append(Line(self.file, reading.number, self.rule.makes, reading.key[:LONGEST_KEY], level, text))

    def say_unknown(self, reading: Reading) -> None:
        message = _("%(column)s: “%(value)s” is not in %(where)s")
        gaps = (message % {"column": gap.column, "value": gap.value, "where": gap.where} for gap in reading.unknown)
        self.say(reading, Level.NEEDS_MAPPING, "; ".join(gaps))


def why(refusal: Exception) -> str:
    return str(refusal) if isinstance(refusal, DomainError) else _("The database does not take this row.")


def here_already() -> str:
    return _("This is here already, and stays as it is.")


def same_thing() -> str:
    return _("Another row stands for the same thing.")


def pieces(readings: Iterable[Reading], size: int) -> Iterator[list[Reading]]:
    rest = iter(readings)
    while piece := list(islice(rest, size)):
        yield piece


def merged(readings: Iterable[Reading], lists: set[str]) -> list[Reading]:
    """One reading for each key, with the lists of all of its rows."""
    found: dict[str, Reading] = {}
    for reading in readings:
        first = found.setdefault(reading.key, reading)
        if first is not reading:
            for name in lists & reading.texts.keys():
                first.texts[name] = list(dict.fromkeys([*as_list(first.texts[name]), *as_list(reading.texts[name])]))
            first.corrections += reading.corrections
    return list(found.values())


def most_of(rule: MostOf, files: Files) -> dict[str, str]:
    """Key → the value that stands most often in its rows; the first of equals."""
    counts: dict[str, Counter[str]] = {}
    for row in files.table(rule.file, rule.sheet).rows():
        value = row.cells.get(column_name(rule.column), "")
        if value and matches(row.cells, rule.where):
            counts.setdefault(row.cells.get(column_name(rule.by), ""), Counter())[value] += 1
    return {key: max(found, key=found.__getitem__) for key, found in counts.items()}


def tables_of(rules: Iterable[SheetRule], files: Files) -> dict[Table, set[str]]:
    """Every table that the sheets read, with the columns they speak of."""
    found: dict[Table, set[str]] = {}
    for rule in rules:
        if rule.file:
            table = files.table(rule.file, rule.sheet, rule.encoding)
            found.setdefault(table, set()).update(rule.columns_used())
        for most in filter(None, (field.most for field in rule.fields.values())):
            found.setdefault(files.table(most.file, most.sheet), set()).update({most.column, most.by, *most.where})
    return found
