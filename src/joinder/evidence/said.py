"""A sentence in both languages, as it stands in ``evidence.json`` and on every page that shows it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """The same sentence in Chinese and in English."""

    zh: str
    en: str

    def as_json(self) -> dict[str, str]:
        return {"zh": self.zh, "en": self.en}
