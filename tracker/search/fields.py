"""A field of tokens, and how each database finds the rows that hold some of them."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from django.db.models import Lookup

from tracker.search.questions import Term

Compiled = tuple[str, Sequence[Any]]


class WordsField(models.Field):
    """The tokens of a text, in order; written, asked with `matches`, and never read back.

    PostgreSQL keeps them as a tsvector that we make ourselves. SQLite keeps them as text beside its full-text table
    `search_words`, which triggers keep in step (see the first migration).
    """

    def db_type(self, connection: Any) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None or isinstance(value, str):
            return value
        return vector(value) if connection.vendor == "postgresql" else " ".join(value)

    def get_prep_value(self, value: Any) -> Any:
        return value


def vector(tokens: Sequence[str]) -> str:
    """A tsvector as PostgreSQL reads it. Tokens are letters and digits, so nothing in them needs escaping."""
    places: dict[str, list[str]] = {}
    for place, token in enumerate(tokens, 1):
        # The last place that a tsvector knows; of one token it keeps 255 places.
        places.setdefault(token, []).append(str(min(place, 16_383)))
    return " ".join(f"'{token}':{','.join(found[:255])}" for token, found in places.items())


@WordsField.register_lookup
class Matches(Lookup):
    """`all_words__matches=[term, …]`: each of the terms is there."""

    lookup_name = "matches"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        return value

    def as_postgresql(self, compiler: Any, connection: Any) -> Compiled:
        left, params = self.process_lhs(compiler, connection)
        asked = " & ".join(f"({' <-> '.join(tokens_of(term, ':*'))})" for term in self.rhs)
        return f"{left} @@ %s::tsquery", [*params, asked]

    def as_sqlite(self, compiler: Any, connection: Any) -> Compiled:
        column = self.lhs.target.column
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        asked = " AND ".join(f"{' + '.join(tokens_of(term, ' *', quote=DOUBLE))}" for term in self.rhs)
        found = "SELECT rowid FROM search_words WHERE search_words MATCH %s"
        return f'{table}."id" IN ({found})', [f"{column} : ({asked})"]


SINGLE, DOUBLE = "'", '"'


def tokens_of(term: Term, going_on: str, quote: str = SINGLE) -> list[str]:
    """The tokens of a term, quoted, the last marked where it may go on."""
    quoted = [f"{quote}{token}{quote}" for token in term.tokens]
    return [*quoted[:-1], quoted[-1] + (going_on if term.is_open else "")]
