"""Identifiers: what passes, what fails, and what repair is offered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinder.vocabulary.identifiers import (
    USCC_ALPHABET,
    IdentifierError,
    check_uscc,
    normalise_host,
    normalise_phone,
    normalise_url,
    org_code_check_character,
    uscc_check_character,
)

CODES = [
    ("91440300MA5TE5T07D", True, (), "made for tests, check character computed"),
    ("91440300ma5te5t07d", True, (), "small letters"),
    ("9144 0300 MA5T E5T0 7D", True, (), "written in groups"),
    ("9144O300MA5TE5T07D", False, ("91440300MA5TE5T07D",), "letter O for nought"),
    ("91440300MA5TE5TO7D", False, ("91440300MA5TE5T07D",), "letter O for nought, later"),
    ("91350203M0001QAY9B", False, (), "quoted as genuine in the wild, yet fails: a warning, never proof"),
    ("91440300MA5TE5T07", False, (), "one short"),
    ("", False, (), "nothing"),
    ("统一社会信用代码", False, (), "no code at all"),
]


@pytest.mark.parametrize(("text", "valid", "candidates", "why"), CODES, ids=[c[3] for c in CODES])
def test_social_credit_codes(text, valid, candidates, why):
    found = check_uscc(text)
    assert (found.valid, found.candidates) == (valid, candidates)


@given(st.text(USCC_ALPHABET, min_size=9, max_size=9), st.text("0123456789", min_size=6, max_size=6),
       st.integers(0, 17), st.sampled_from(USCC_ALPHABET))  # fmt: skip
def test_a_made_code_passes_and_any_single_change_fails(letters, region, position, other):
    first = letters[:2] + region + letters
    code = first + uscc_check_character(first)
    assert check_uscc(code).valid
    changed = code[:position] + other + code[position + 1 :]
    assert changed == code or not check_uscc(changed).valid


def test_the_organisation_code_check_of_gb_11714():
    assert org_code_check_character("D2143569") == "X"  # the standard's own example
    with pytest.raises(IdentifierError):
        org_code_check_character("123")
    with pytest.raises(IdentifierError):
        uscc_check_character("I" * 17)


PHONES = [
    ("138 0013 8000", "+8613800138000"),
    ("+86-138-0013-8000", "+8613800138000"),
    ("008613800138000", "+8613800138000"),
    ("0755-12345678", "+8675512345678"),
    ("+1 202 555 0143", "+12025550143"),
    ("12345", None),
    ("no number", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "number"), PHONES)
def test_telephone_numbers(text, number):
    assert normalise_phone(text) == number


ADDRESSES = [
    ("HTTPS://Shop.Example:443/a?b=1#c", "https://shop.example/a?b=1"),
    ("http://例子.example", "http://xn--fsqu00a.example/"),
    ("https://shop.example:8443/x", "https://shop.example:8443/x"),
    ("https://[::1]:8443/", "https://[::1]:8443/"),
]


@pytest.mark.parametrize(("text", "address"), ADDRESSES)
def test_web_addresses(text, address):
    assert normalise_url(text) == address
    assert normalise_url(address) == address


@pytest.mark.parametrize(
    "text", ["file:///etc/hosts", "https://", "shop.example", "https://a..b/", "https://h:99999/"]
)
def test_what_is_not_a_web_address_is_refused(text):
    with pytest.raises(IdentifierError):
        normalise_url(text)


def test_hosts_are_written_in_ascii():
    assert normalise_host("例子.Example.") == "xn--fsqu00a.example"
    with pytest.raises(IdentifierError):
        normalise_host("a b")
