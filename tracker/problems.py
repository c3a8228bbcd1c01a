"""What is wrong with a value, said to a person: Pydantic's findings as the ends of sentences, in the reader's language.

Each goes after the name of its field, as in “title: is missing”. What Pydantic itself says is English, and speaks of
types that a reader never sees.
"""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

TEXT = gettext_noop("must be a text")
WHOLE_NUMBER = gettext_noop("must be a whole number")
NUMBER = gettext_noop("must be a number")
YES_OR_NO = gettext_noop("must be true or false")
DATE = gettext_noop("must be a date, as in 2026-11-23")
MOMENT = gettext_noop("must be a date and time, as in 2026-11-23T09:30:00Z")
KEY = gettext_noop("must be a UUID")
LIST = gettext_noop("must be a list")
THING = gettext_noop("must be an object with named fields")
TOO_LARGE = gettext_noop("is too large a number")

# Pydantic's name of the finding → the end of the sentence, with the placeholders of its context.
PROBLEMS = {
    "missing": gettext_noop("is missing"),
    "extra_forbidden": gettext_noop("is not known here"),
    "string_type": TEXT,
    "string_unicode": TEXT,
    "string_too_long": gettext_noop("is longer than %(max_length)s characters"),
    "string_too_short": gettext_noop("is shorter than %(min_length)s characters"),
    "string_pattern_mismatch": gettext_noop("is not written as it should be"),
    "int_type": WHOLE_NUMBER,
    "int_parsing": WHOLE_NUMBER,
    "int_from_float": WHOLE_NUMBER,
    "int_parsing_size": TOO_LARGE,
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "finite_number": NUMBER,
    "decimal_type": NUMBER,
    "decimal_parsing": NUMBER,
    "decimal_max_digits": TOO_LARGE,
    "decimal_whole_digits": TOO_LARGE,
    "decimal_max_places": gettext_noop("has more than %(decimal_places)s decimal places"),
    "greater_than": gettext_noop("must be more than %(gt)s"),
    "greater_than_equal": gettext_noop("must be %(ge)s or more"),
    "less_than": gettext_noop("must be less than %(lt)s"),
    "less_than_equal": gettext_noop("must be %(le)s or less"),
    "bool_type": YES_OR_NO,
    "bool_parsing": YES_OR_NO,
    "date_type": DATE,
    "date_parsing": DATE,
    "date_from_datetime_parsing": DATE,
    "date_from_datetime_inexact": DATE,
    "datetime_type": MOMENT,
    "datetime_parsing": MOMENT,
    "datetime_from_date_parsing": MOMENT,
    "timezone_aware": MOMENT,
    "uuid_type": KEY,
    "uuid_parsing": KEY,
    "uuid_version": KEY,
    "list_type": LIST,
    "too_long": gettext_noop("has more than %(max_length)s entries"),
    "too_short": gettext_noop("has fewer than %(min_length)s entries"),
    "dict_type": THING,
    "model_type": THING,
    "model_attributes_type": THING,
}
GENERAL = gettext_noop("does not fit here")
QUOTED = re.compile(r"'([^']*)'")


def problem(finding: Mapping[str, Any]) -> str:
    """The end of a sentence about one of Pydantic's `errors()`; a general one for a finding that has none."""
    kind, context = finding["type"], finding.get("ctx") or {}
    if kind == "value_error":  # raised by one of our own checks, which have said it in the reader's language
        return str(context.get("error") or _(GENERAL))
    if kind in {"literal_error", "enum"}:
        values = filter(None, QUOTED.findall(context.get("expected", "")))
        return _("must be one of %(values)s") % {"values": _(", ").join(values)}
    return _(PROBLEMS.get(kind, GENERAL)) % context
