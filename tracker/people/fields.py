"""Types for what is said about people."""

from functools import cache
from typing import Annotated, Literal
from zoneinfo import available_timezones

from django.utils.translation import gettext as _
from pydantic import AfterValidator, StringConstraints

from tracker.log.http import not_blank, one_line


@cache
def zones() -> frozenset[str]:
    return frozenset(available_timezones())


def known_zone(name: str) -> str:
    if name not in zones():
        raise ValueError(_("is not a time zone"))
    return name


TimeZone = Annotated[str, StringConstraints(max_length=64), AfterValidator(known_zone)]
Language = Literal["en", "zh-Hans"]
Theme = Literal["system", "light", "dark"]
PersonName = Annotated[str, StringConstraints(max_length=120), AfterValidator(one_line), AfterValidator(not_blank)]
OtherPersonName = Annotated[str, StringConstraints(max_length=120), AfterValidator(one_line)]
