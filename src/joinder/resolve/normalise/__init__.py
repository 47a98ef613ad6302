"""Normalisers: one raw value in, the values that are compared out (none, one, or a few).

A normaliser never raises: what it cannot read is either kept folded (names, text) or dropped (identifiers whose check
fails), as its docstring says. ``NORMALISERS`` is the list by name that the evidence table points into; ``KEYS`` makes
blocking keys and derived forms from a normalised value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from joinder.resolve.normalise import addresses, businesses, codes, contacts, people, text

Normaliser = Callable[[str], tuple[str, ...]]
KeyMaker = Callable[[str], Sequence[str]]


def _words(value: str) -> tuple[str, ...]:
    plain = text.words(value)
    return (plain,) if plain else ()


NORMALISERS: dict[str, Normaliser] = {
    "uscc": codes.usccs,
    "code": codes.codes,
    "account": codes.accounts,
    "icp": codes.icps,
    "email": codes.emails,
    "domain": codes.domains,
    "date": codes.dates,
    "year": codes.years,
    "number": codes.numbers,
    "phone": contacts.phones,
    "messenger": contacts.messengers,
    "person": people.persons,
    "name": people.names,
    "business": businesses.businesses,
    "address": addresses.addresses,
    "street": addresses.streets,
    "region": addresses.regions,
    "text": _words,
}


def _one(key: str) -> tuple[str, ...]:
    return (key,) if key else ()


def _tokens(value: str) -> tuple[str, ...]:
    """The words of a value; the character pairs where it is written in Chinese."""
    if text.has_han(value):
        core = businesses.core(value).replace(" ", "")
        return tuple(core[i : i + 2] for i in range(len(core) - 1)) or (core,)
    return tuple(word for word in value.split() if len(word) > 1)


KEYS: dict[str, KeyMaker] = {
    "value": _one,
    "core": lambda value: _one(businesses.core(value)),
    "sound": lambda value: _one(people.sound(businesses.core(value))),
    "prefix5": lambda value: _one(value.replace(" ", "")[:5]),
    "year": lambda value: _one(value[:4]),
    "room": lambda value: _one(addresses.room_key(value)),
    "building": lambda value: _one(addresses.building_key(value)),
    "street": lambda value: _one(addresses.street_key(value)),
    "district": lambda value: _one(addresses.district_key(value)),
    "local": lambda value: _one(value.split("@")[0]),
    "sorted": lambda value: _one(" ".join(sorted(value.split()))),
    "tokens": _tokens,
}
