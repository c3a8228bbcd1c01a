"""The demo's people, whom the sign-in page offers while the demo is on."""

from pydantic import BaseModel

from tracker.people.models import User

DEMO_DOMAIN = "lanbridge.example"


class DemoFunction(BaseModel):
    name: str
    name_zh: str
    color: str
    icon: str


class DemoPerson(BaseModel):
    id: int  # gives their face the tint it has inside
    email: str
    name: str
    name_zh: str
    title: str
    title_zh: str
    function: DemoFunction | None


def demo_people() -> list[DemoPerson]:
    """Those of the demo's company who are active, in the order of their functions. Nobody else's address is shown."""
    people = User.objects.filter(is_active=True, email__endswith=f"@{DEMO_DOMAIN}").select_related("function")
    return [shown(person) for person in people.order_by("function__position", "pk")]


def shown(person: User) -> DemoPerson:
    function = person.function
    return DemoPerson(
        id=person.pk,
        email=person.email,
        name=person.name,
        name_zh=person.name_zh,
        title=person.title,
        title_zh=person.title_zh,
        function=function
        and DemoFunction(name=function.name, name_zh=function.name_zh, color=function.color, icon=function.icon),
    )
