"""How an event is described: one strict class per thing that can happen, registered by the package it happens in."""

import json
from typing import Any, ClassVar, Type  # noqa: UP035  (`type` is a field here)

from pydantic import BaseModel, ConfigDict


class EventBody(BaseModel):
    """What happened, with the new values, so that applying it twice is harmless.

    A subclass gives its `type` and the field that names its `subject`. Fields that were not set are not sent.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    type: ClassVar[str]
    subject_kind: ClassVar[str]
    subject_field: ClassVar[str] = "id"
    registered: ClassVar[dict[str, Type["EventBody"]]] = {}  # noqa: UP006

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        if "type" in cls.__dict__:
            EventBody.registered[cls.type] = cls

    @property
    def subject(self) -> str:
        """What this is about, as in `task:9`."""
        value = getattr(self, self.subject_field, None)
        return self.subject_kind if value is None else f"{self.subject_kind}:{value}"

    def encoded(self) -> str:
        """The body as JSON text, with its type first."""
        return encode({"type": self.type, **self.model_dump(mode="json", exclude_unset=True)})


def encode(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def remembered(values: dict[str, Any]) -> str:
    """What was before, as JSON text: days, moments and decimals as texts."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=plain)


def plain(value: object) -> object:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else str(value)
