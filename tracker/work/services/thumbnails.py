"""Small pictures of pictures: drawn once, when somebody first asks, without what the original says about its making."""

import os
import threading
import warnings
from io import BytesIO
from pathlib import Path

from django.conf import settings

from tracker.work.models import Attachment
from tracker.work.services import files

EDGE = 320  # pixels at most, both ways
TYPE = "image/webp"
AT_A_TIME = threading.BoundedSemaphore(
    2
)  # in each process: a picture of 40 megapixels takes up to 160 MB while it is read


def small_picture(file: Attachment) -> Path | None:
    """Where the small picture of a file is, drawn if there is none yet. None for what is no picture, or cannot be read."""
    source, place = files.path_of(file), place_of(file)
    if file.media_type not in files.IMAGES or not source.is_file():
        return None
    if not place.exists():
        with AT_A_TIME:
            if not place.exists():  # drawn by somebody else while this waited
                keep(place, drawn_small(source))
    return place if place.stat().st_size else None


def place_of(file: Attachment) -> Path:
    return Path(settings.SMALL_ROOT) / file.stored_as[:2] / file.stored_as


def drawn_small(source: Path) -> bytes:
    """The first picture in a file, turned as its camera was held, as WebP with nothing but its points.

    Empty for what cannot be read, so that it is tried once. The size that its header promises is looked at before
    anything is decoded.
    """
    from PIL import Image, ImageOps

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(source, formats=["PNG", "JPEG", "GIF", "WEBP"]) as picture:
                width, height = picture.size
                if width * height > files.MOST_PIXELS:
                    return b""
                picture.draft("RGB", (EDGE, EDGE))
                picture.thumbnail((EDGE, EDGE), reducing_gap=2)
                turned = ImageOps.exif_transpose(picture)
                has_gaps = turned.has_transparency_data
                points = turned.convert("RGBA" if has_gaps else "RGB")
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, Image.DecompressionBombError):
        return b""
    plain = Image.new(points.mode, points.size)
    plain.paste(points)
    buffer = BytesIO()
    plain.save(buffer, "WEBP", quality=80, method=4)
    return buffer.getvalue()


def keep(place: Path, content: bytes) -> None:
    """Write all of it or nothing: who asks meanwhile finds no half."""
    place.parent.mkdir(parents=True, exist_ok=True)
    half = place.with_name(f".{place.name}.{os.getpid()}")
    half.write_bytes(content)
    half.replace(place)


def remove_orphans(kept: set[str]) -> None:
    """Small pictures of files that are gone."""
    for path in Path(settings.SMALL_ROOT).glob("??/*"):
        if path.name not in kept:
            path.unlink(missing_ok=True)
