"""A translatable word in both languages at once, for what is written once and read by everybody."""

from __future__ import annotations

from django.utils import translation


def both(word: object) -> tuple[str, str]:
    """The word in Chinese and in English, whatever language the present reader has."""
    with translation.override("zh-hans"):
        zh = str(word)
    with translation.override("en"):
        return zh, str(word)
