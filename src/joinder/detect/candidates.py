"""The candidate channels: every place in a listing where a form of a mark may stand.

Two Aho–Corasick passes (squeezed text, sound codes), one look-up per Latin token, and, where a masking sign
stands in the text, one comparison sign by sign. Each candidate is verified against the raw text at once:
word boundaries, clause boundaries, and the dictionary (`guards`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ahocorasick_rs import AhoCorasick

from joinder.detect import guards
from joinder.detect.bundle import Bundle
from joinder.detect.edits import Edit, edited_forms
from joinder.detect.forms import Channel, Form, Pattern
from joinder.detect.masks import MaskIndex
from joinder.detect.matches import Match, Op
from joinder.detect.rescoring import (
    align_look_alikes,
    align_sounds,
    edit_op,
    letters,
    likeness,
    op,
    replaced_op,
)
from joinder.detect.text import ListingText, plain_fold, sound_char, squeezed_fold

# A model number after the name is no part of it: turnavana2026.
_TOKEN = re.compile(r"[a-z]+(?:[0-9]+[a-z]+)*")
_MEMO_LIMIT = 200_000
# How surely a channel says which mark is meant: 0 its very letters, 1 all but a hidden one, 2 a neighbour.
_RANK = {
    Channel.EXACT: 0, Channel.SPLIT: 0, Channel.HOMOGLYPH: 0, Channel.PINYIN: 0, Channel.DECOMPOSED: 1,
    Channel.MASK: 1, Channel.SOUND: 2, Channel.SHAPE: 2, Channel.EDIT: 2, Channel.WILDCARD: 2,
}  # fmt: skip


class Finder:
    """The automata of one bundle; made once per process."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self._by_text: list[list[Pattern]] = []
        place: dict[str, int] = {}
        for pattern in bundle.patterns:
            if pattern.text not in place:
                place[pattern.text] = len(self._by_text)
                self._by_text.append([])
            self._by_text[place[pattern.text]].append(pattern)
        self._squeezed = AhoCorasick(list(place))
        spoken: dict[str, list[int]] = {}
        for index, codes in bundle.sounds.items():
            spoken.setdefault("".join(map(sound_char, codes)), []).append(index)
        self._spoken = list(spoken.values())
        self._sounds = AhoCorasick(list(spoken)) if spoken else None
        self._letters = [letters(form.folded) for form in bundle.forms]
        self._masks = MaskIndex(self._letters)
        self._tokens: dict[str, list[tuple[int, Edit]]] = {}

    def find(self, text: ListingText) -> list[Match]:
        """All verified matches in one listing, by place in the text; [] for most listings."""
        found = [*self._in_squeezed(text), *self._in_tokens(text)]
        if self._sounds is not None:
            found.extend(self._in_sounds(text))
        found.extend(self._masked(text))
        if len(found) > 1:
            found = self._without_pieces(found)
            found.sort(key=lambda m: (m.start, m.end, m.form, m.channel.value))
        return found

    def _without_pieces(self, found: list[Match]) -> list[Match]:
        """Without what is explained better by another mark in the same place.

        绒_碧 inside 绒_碧_烁 is a piece of a longer mark; "Zansolen" exactly is not a misspelt "Zanrolen".
        """
        forms = self.bundle.forms

        def explained(m: Match, n: Match) -> bool:
            if n.end <= m.start or m.end <= n.start:
                return False
            if forms[m.form].right == forms[n.form].right:
                # 桦鹭瀚 is no shortened 桦鹭瀚珂 where 桦鹭瀚珂 itself stands.
                return n.start <= m.start and m.end <= n.end and _RANK[n.channel] == 0 < _RANK[m.channel]
            if n.start <= m.start and m.end <= n.end and n.end - n.start > m.end - m.start:
                return _RANK[n.channel] <= _RANK[m.channel] or _RANK[n.channel] == 0
            return _RANK[n.channel] < _RANK[m.channel] == 2

        return [m for m in found if not any(explained(m, n) for n in found)]

    # squeezed text -----------------------------------------------------------------------------------

    def _in_squeezed(self, text: ListingText) -> Iterator[Match]:
        squeezed = text.squeezed
        hits = self._squeezed.find_matches_as_indexes(squeezed.text, overlapping=True)
        if not hits:
            return
        offsets = squeezed.offsets
        for which, first, last in hits:
            # A hit must not begin or end inside the two letters that one sign was opened to (m → rn).
            if first and offsets[first - 1] == offsets[first]:
                continue
            if last < len(offsets) and offsets[last] == offsets[last - 1]:
                continue
            start, end = offsets[first], offsets[last - 1] + 1
            for pattern in self._by_text[which]:
                match = self._verify(text, pattern, first, start, end)
                if match is not None:
                    yield match

    def _verify(self, text: ListingText, pattern: Pattern, first: int, start: int, end: int) -> Match | None:
        form = self.bundle.forms[pattern.form]
        if not guards.stands_alone(text.raw, start, end):
            return None
        observed = text.raw[start:end]
        if pattern.channel is Channel.EXACT:
            return self._plain_or_disguised(text, pattern.form, form, start, end)
        if pattern.channel is Channel.MASK:
            return self._gap(text, pattern, form, first, start, end)
        folded = observed.translate(plain_fold())
        strength = guards.replaced_strength(text.raw, start, end, folded, form, pattern)
        if strength <= 0:
            return None
        mark = self._letters[pattern.form]
        ops = replaced_op(pattern.channel, mark, pattern.position, pattern.filler, self.bundle.shape_likeness)
        return self._match(pattern.form, pattern.channel, start, end, ops, strength)

    def _plain_or_disguised(
        self, text: ListingText, index: int, form: Form, start: int, end: int
    ) -> Match | None:
        observed = text.raw[start:end]
        mark = self._letters[index]
        ops = align_look_alikes(mark, observed)
        folded = " ".join(observed.translate(plain_fold()).split())
        gaps = [o for o in ops if o.kind in ("separator", "invisible")]
        if folded == form.folded and all(o.kind == "separator" for o in ops):
            if guards.part_of_a_word(text.raw, start, end, self.bundle.contained_in.get(index, ())):
                return None
            return self._match(index, Channel.EXACT, start, end, [], 1.0)
        if gaps and len(gaps) == len(ops):
            strength = guards.split_strength(text.raw, start, end, form)
            return self._match(index, Channel.SPLIT, start, end, ops, strength) if strength else None
        changed = [o for o in ops if o.kind in ("homoglyph", "style")]
        strength = guards.look_alike_strength(observed, folded, form, changed)
        if gaps:
            strength = min(strength, guards.split_strength(text.raw, start, end, form))
        return self._match(index, Channel.HOMOGLYPH, start, end, ops, strength) if strength else None

    def _gap(
        self, text: ListingText, pattern: Pattern, form: Form, first: int, start: int, end: int
    ) -> Match | None:
        mark = self._letters[pattern.form]
        table = squeezed_fold()
        before = sum(len(table[ord(c)]) for c in mark[: pattern.position])
        offsets = text.squeezed.offsets
        left, right = offsets[first + before - 1] + 1, offsets[first + before]
        signs = text.raw[left:right]
        rest = text.raw[start:left] + text.raw[right:end]
        strength = guards.mask_strength(signs, rest, form)
        if not strength:
            return None
        ops = [op(pattern.position, mark[pattern.position], signs.strip(), "mask")]
        return self._match(pattern.form, Channel.MASK, start, end, ops, strength)

    # tokens ------------------------------------------------------------------------------------------

    def _in_tokens(self, text: ListingText) -> Iterator[Match]:
        if not self.bundle.edits:
            return
        plain = text.plain
        memo = self._tokens
        for token in _TOKEN.finditer(plain.text):
            word = token.group()
            edited = memo.get(word)
            if edited is None:
                if len(memo) >= _MEMO_LIMIT:
                    memo.clear()
                edited = memo[word] = self._edited(word)
            for index, edit in edited:
                start, end = plain.span(*token.span())
                yield self._match(index, Channel.EDIT, start, end, edit_op(edit), guards.edit_strength(edit))

    def _edited(self, word: str) -> list[tuple[int, Edit]]:
        if guards.is_ordinary(word):
            return []
        return edited_forms(word, self.bundle.edits, self.bundle.forms)

    # sounds and masks --------------------------------------------------------------------------------

    def _in_sounds(self, text: ListingText) -> Iterator[Match]:
        sounded = text.sounded
        if self._sounds is None:
            return
        for which, first, last in self._sounds.find_matches_as_indexes(sounded.text, overlapping=True):
            start, end = sounded.span(first, last)
            observed = letters(text.raw[start:end].translate(plain_fold()))
            for index in self._spoken[which]:
                mark = self._letters[index]
                if observed == mark or len(observed) != len(mark):
                    continue
                strength = guards.sound_strength(text.raw, start, end, "".join(observed), len(mark))
                if strength:
                    ops = align_sounds(mark, observed)
                    yield self._match(index, Channel.SOUND, start, end, ops, strength)

    def _masked(self, text: ListingText) -> Iterator[Match]:
        plain = text.plain
        for index, first, last, positions in self._masks.find(plain.text):
            start, end = plain.span(first, last)
            if not guards.stands_alone(text.raw, start, end):
                continue
            mark = self._letters[index]
            ops = [op(i, mark[i], plain.text[first + i], "mask") for i in positions]
            shown = 1 - len(positions) / len(mark)
            yield self._match(index, Channel.MASK, start, end, ops, guards.shown_strength(shown, len(mark)))

    def _match(
        self, index: int, channel: Channel, start: int, end: int, ops: list[Op], strength: float
    ) -> Match:
        visual, aural = likeness(ops, len(self._letters[index]))
        return Match(index, channel, start, end, tuple(ops), round(visual, 3), round(aural, 3), strength)
