"""The filters of saved views name labels as people write them. When a label goes into another one, they go along.

The language of filters is the browser's (`frontend/src/features/board/query.ts`). Here is only as much of it as finds the
names of labels; everything else stays sign by sign as it was written.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from boards.models import View
from tracker.work.models import Label

MOST_SIGNS = 500

QUOTES = re.compile('["“”]')
SPACE, COLON, COMMA = re.compile(r"\s"), re.compile("[:：]"), re.compile("[,，]")
LABEL_FIELD = re.compile("[-－]?(label|标签)", re.IGNORECASE)
NO_LABEL = {"none", "无", "没有"}  # means the cards without one, also where a label is called so


def merge_in_views(label: Label, other: Label) -> None:
    """What `label` found in a saved view's filter, `other` finds from now on. To be called before `label` goes.

    A filter that would grow longer than filters may be stays as it is.
    """
    swap = Swap.of(label, other)
    named = Q(settings__filter__icontains="label") | Q(settings__filter__icontains="标签")
    for view in View.objects.select_for_update().filter(named).order_by("pk"):
        before = view.settings["filter"]
        after = swapped(before, swap)
        if after != before and len(after) <= MOST_SIGNS:
            view.settings = {**view.settings, "filter": after}
            view.version += 1
            view.save(update_fields=["settings", "version"])


@dataclass(frozen=True)
class Swap:
    """The words that mean the old label, those that mean the new one or any third one, and how the new one is written."""

    old: set[str]
    new: set[str]
    others: set[str]
    written: str

    @classmethod
    def of(cls, label: Label, other: Label) -> "Swap":
        third = Label.objects.exclude(pk__in=[label.pk, other.pk])
        others = {word for one in third for word in words_for(one)}
        return cls(words_for(label), words_for(other), others, quoted(other.name))

    def __call__(self, value: str) -> list[str]:
        """The values that stand for this one. A word that means a third label as well stays, with the new one beside it."""
        word = bare(value).lower()
        if word not in self.old or word in self.new or word in NO_LABEL:
            return [value]
        return [value, self.written] if word in self.others else [self.written]


def words_for(label: Label) -> set[str]:
    return {name.lower() for name in (label.name, label.name_zh) if name}


def swapped(query: str, swap: Callable[[str], list[str]]) -> str:
    """The query with the values of its conditions about labels replaced."""
    parts = cut(query, SPACE)
    return "".join(part if place % 2 else swapped_in(part, swap) for place, part in enumerate(parts))


def swapped_in(condition: str, swap: Callable[[str], list[str]]) -> str:
    field, *rest = cut(condition, COLON)
    if not rest or not LABEL_FIELD.fullmatch(field):
        return condition
    values = [value for value in cut("".join(rest[1:]), COMMA)[::2] if bare(value)]
    found = [new for value in values for new in swap(value)]
    if found == values:
        return condition
    once: dict[str, str] = {}
    for value in found:
        once.setdefault(bare(value).lower(), value)
    return field + rest[0] + ",".join(once.values())


def cut(text: str, at: re.Pattern[str]) -> list[str]:
    """The text, cut at the signs that stand outside of quotes. Every second part is such a sign."""
    parts, is_quoted = [""], False
    for sign in text:
        is_quoted ^= QUOTES.fullmatch(sign) is not None
        if not is_quoted and at.fullmatch(sign):
            parts += [sign, ""]
        else:
            parts[-1] += sign
    return parts


def bare(value: str) -> str:
    return QUOTES.sub("", value).strip()


def quoted(name: str) -> str:
    bare_name = bare(name)
    return f'"{bare_name}"' if re.search(r"[\s,，:：]", bare_name) else bare_name
