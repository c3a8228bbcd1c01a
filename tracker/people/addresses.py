"""E-mail addresses: one spelling for each, whoever types it."""

import unicodedata
from typing import Annotated

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from pydantic import AfterValidator, StringConstraints

LONGEST = 254


def normal_address(text: str) -> str:
    """The one spelling under which an address is stored, looked up and counted: NFKC, lower case, trimmed.

    Full-width letters, capitals, and blanks or dots at the end would otherwise be ways round a limit.
    """
    lowered = unicodedata.normalize("NFKC", text).lower()
    return unicodedata.normalize("NFKC", lowered).strip().rstrip(". ")


def possible(address: str) -> str:
    try:
        if len(address) > LONGEST:  # some letters are spelled out by NFKC
            raise ValidationError("too long")
        validate_email(address)
    except ValidationError:
        raise ValueError(_("is not an e-mail address")) from None
    return address


AnyAddress = Annotated[
    str,
    StringConstraints(max_length=LONGEST),
    AfterValidator(normal_address),
    AfterValidator(lambda text: text[:LONGEST]),
]
"""What somebody typed to be recognised: nothing is said about whether it could exist."""
Address = Annotated[
    str, StringConstraints(max_length=LONGEST), AfterValidator(normal_address), AfterValidator(possible)
]
"""An address that mail is to be sent to."""
