"""The rights compiler: rights in, one versioned bundle out.

A bundle is plain data: rights, forms, patterns, the deletion index and the published weights. Its version is
the SHA-256 of all of it, so two runs that name the same version searched for the same things in the same way.
It travels to worker processes as it is; each builds its automata once (`candidates.Finder`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

from joinder.detect.edits import deletion_index
from joinder.detect.errors import NothingToDetect
from joinder.detect.forms import Form, LookAlikes, Pattern, form_of, sound_pattern, squeezed_patterns
from joinder.detect.rights import Right, right_of
from joinder.detect.weights import PUBLISHED, Weights
from joinder.detect.words import superphrases
from joinder.vocabulary.digests import canonical_json
from joinder.vocabulary.script.hanzi import is_han
from joinder.vocabulary.script.shapes import look_alikes

FORMAT = 1
"""Raised whenever the same rights would be searched for differently."""


@dataclass(frozen=True)
class Bundle:
    """Compiled rights.

    patterns: in the squeezed alphabet. sounds: form index → sound codes. edits: deletion key → form indexes.
    contained_in: form index → longer words that contain the form (光明正大 contains 光明).
    shapes_compared: False when no Han font was there to compare glyphs.
    """

    rights: tuple[Right, ...]
    forms: tuple[Form, ...]
    patterns: tuple[Pattern, ...]
    sounds: Mapping[int, tuple[str, ...]]
    edits: Mapping[str, tuple[int, ...]]
    contained_in: Mapping[int, tuple[str, ...]]
    shape_likeness: LookAlikes
    shapes_compared: bool
    left_out: int
    weights: Weights = field(default=PUBLISHED)

    @cached_property
    def version(self) -> str:
        """`sha256:` and the digest of everything that the search depends on."""
        told = {
            "format": FORMAT,
            "rights": [asdict(r) for r in self.rights],
            "patterns": [[p.text, p.form, p.channel.value, p.position, p.filler] for p in self.patterns],
            "sounds": {str(k): list(v) for k, v in self.sounds.items()},
            "edits": {k: list(v) for k, v in self.edits.items()},
            "contained_in": {str(k): list(v) for k, v in self.contained_in.items()},
            "weights": self.weights.as_json(),
        }
        return "sha256:" + sha256(canonical_json(told)).hexdigest()


def compile_rights(
    records: Iterable[Mapping[str, Any]], *, pool: str = "rights", weights: Weights = PUBLISHED
) -> Bundle:
    """Compile stored right records (columns of the kind `right`, optionally `ref`) to a bundle.

    Rights without a word, lapsed ones, designs, works and patents are left out and counted in `left_out`.
    The order of the records does not matter. Raises NothingToDetect when none is left.
    """
    seen = [right_of(record, pool) for record in records]
    rights = tuple(sorted((r for r in seen if r), key=lambda r: r.ref))
    forms = tuple(_forms(rights))
    if not forms:
        raise NothingToDetect(
            f"None of the {len(seen)} rights has a word mark in force to look for.",
            mend="Give rights with a mark of two characters or more in the column `mark` or `aliases`.",
        )
    han = sorted({c for form in forms for c in form.folded if is_han(c)})
    alike = look_alikes(han)
    patterns = tuple(p for i, form in enumerate(forms) for p in squeezed_patterns(i, form, alike))
    sounds = {i: codes for i, form in enumerate(forms) if (codes := sound_pattern(form))}
    return Bundle(
        rights=rights,
        forms=forms,
        patterns=patterns,
        sounds=sounds,
        edits=deletion_index(forms),
        contained_in=superphrases(forms),
        shape_likeness=alike,
        shapes_compared=bool(alike) or not han,
        left_out=len(seen) - len(rights),
        weights=weights,
    )


def _forms(rights: tuple[Right, ...]) -> Iterable[Form]:
    for index, right in enumerate(rights):
        seen: set[str] = set()
        for n, word in enumerate(right.words):
            form = form_of(index, word, alias=n > 0)
            if form and form.squeezed not in seen:
                seen.add(form.squeezed)
                yield form
