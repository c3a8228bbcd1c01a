"""Chats that take Markdown and know no escapes: what people wrote is made inert, the links are ours."""

from notifications.contents import Contents, Group

INERT = str.maketrans(
    {"<": "＜", ">": "＞", "[": "［", "]": "］", "*": "＊", "`": "'", "_": "＿", "#": "＃", "@": "＠"}
)


def inert(text: str) -> str:
    """The same words without any mark: no link, no picture, no "everybody"."""
    return " ".join(text.split()).translate(INERT)


def written(contents: Contents, *, most_bytes: int) -> str:
    """As much as fits, whole cards only."""
    parts = [f"### {inert(contents.title)}"]
    for group in contents.shown:
        part = of_group(group)
        if len("\n\n".join([*parts, part]).encode()) > most_bytes:
            parts.append("…")
            break
        parts.append(part)
    return "\n\n".join(parts)


def of_group(group: Group) -> str:
    place = " · ".join(part for part in (group.key, group.place) if part)
    lines = "\n".join(f"> {inert(line.words)}" for line in group.shown)
    return f"[{inert(group.title)}]({group.link}) {inert(place)}\n{lines}"
