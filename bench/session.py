"""`python -m bench.session [EMAIL]` signs a person of the demo in and prints the cookie."""

import os
import sys

import django

PERSON = "ruoxi.lin@lanbridge.example"


def main(email: str = PERSON) -> None:
    from tests.support.live import cookie_of
    from tracker.people.models import User

    print(cookie_of(User.objects.get(email=email)))


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.config.settings")

if __name__ == "__main__":
    django.setup()
    main(*sys.argv[1:])
