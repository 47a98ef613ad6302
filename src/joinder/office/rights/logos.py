"""The picture of a right: found beside its file, made small and harmless, kept by its content."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image

_SIDE = 512
_LARGEST_BYTES = 20 * 1024**2
_LARGEST_PIXELS = 40_000_000


def folder() -> Path:
    """Where pictures of rights lie."""
    store: Path = settings.HOME.store
    return store / "rights"


def keep_first(images: Iterable[str], folders: Iterable[Path]) -> str:
    """Keep the first picture that is there and readable; its name in the store, "" where there is none.

    images: paths relative to one of ``folders`` (addresses are not fetched). A path that leads out of its folder is
    not followed. The picture is decoded and drawn anew as PNG of at most 512 pixels a side, so nothing of the
    original file but its look is served.
    """
    places = list(folders)
    for image in images:
        if "://" in image:
            continue
        for place in places:
            made = _keep(place, image)
            if made:
                return made
    return ""


def path_of(name: str) -> Path:
    """The file of a kept picture."""
    return folder() / name[:2] / name


def _keep(place: Path, image: str) -> str:
    try:
        path = (place / image).resolve()
        if (
            not path.is_relative_to(place.resolve())
            or not path.is_file()
            or path.stat().st_size > _LARGEST_BYTES
        ):
            return ""
        data = _drawn_anew(path)
    except (OSError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning, SyntaxError):
        return ""
    name = f"{hashlib.sha256(data).hexdigest()}.png"
    target = path_of(name)
    if not target.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_suffix(".part")
        part.write_bytes(data)
        part.replace(target)
    return name


def _drawn_anew(path: Path) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(path) as picture:
            if picture.width * picture.height > _LARGEST_PIXELS:
                raise ValueError("too many pixels")
            small = picture.convert("RGBA")
    small.thumbnail((_SIDE, _SIDE))
    out = BytesIO()
    small.save(out, "PNG")
    return out.getvalue()
