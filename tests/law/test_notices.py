"""Is a notice complete? One thing taken away at a time, and what the fix list says."""

from __future__ import annotations

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinder.law import notices
from joinder.law.errors import NoticeUnreadable, RuleNotFound
from joinder.law.notices import Severity

ON = date(2026, 11, 22)
COMPLETE: dict[str, Any] = json.loads(
    (Path(__file__).parent / "complete_notice.json").read_text(encoding="utf-8")
)


def changed(path: str, value: Any) -> dict[str, Any]:
    """The complete notice with one value replaced."""
    notice = copy.deepcopy(COMPLETE)
    *parents, last = path.split(".")
    place: Any = notice
    for parent in parents:
        place = place[int(parent) if parent.isdigit() else parent]
    place[last] = value
    return notice


def codes(notice: dict[str, Any], regime: str = "cn-ecommerce") -> dict[str, str]:
    return {finding.code: finding.field for finding in notices.check(notice, regime, on=ON)}


def test_a_complete_notice_has_an_empty_fix_list():
    assert notices.check(COMPLETE, on=ON) == []


CASES = [
    ("right.holder", "", "cn-notice-right-holder", "right.holder"),
    ("right.holder", None, "cn-notice-right-holder", "right.holder"),
    ("right.kind", "  ", "cn-notice-right-kind", "right.kind"),
    ("right.registration_no", "", "cn-notice-right-number", "right.registration_no | right.title"),
    ("right.proof", [], "cn-notice-right-proof", "right.proof"),
    ("right.proof", [""], "cn-notice-right-proof", "right.proof"),
    ("right.expires_on", "2026-11-21", "cn-notice-right-in-term", "right.expires_on"),
    ("right.expires_on", "someday", "cn-notice-right-in-term", "right.expires_on"),
    ("claimant.name", "", "cn-notice-claimant-name", "claimant.name"),
    ("claimant.identity_no", "", "cn-notice-claimant-identity", "claimant.identity_no"),
    ("claimant.email", "", "cn-notice-claimant-contact", "claimant.phone | claimant.email"),
    ("claimant.capacity", "agent", "cn-notice-authorisation", "claimant.authorisation"),
    ("objects", [], "cn-notice-objects", "objects"),
    ("objects.0.url", "https://market.example/", "cn-notice-object-locatable", "objects[0]"),
    ("objects.0.url", "market", "cn-notice-object-locatable", "objects[0]"),
    ("objects.0.url", "javascript:alert(1)", "cn-notice-object-locatable", "objects[0]"),
    ("objects.0.url", "http://[::1", "cn-notice-object-locatable", "objects[0]"),
    ("objects.0.ground", "", "cn-notice-object-ground", "objects[0].ground"),
    ("evidence", [], "cn-notice-evidence", "evidence"),
    ("guarantee.accepted", False, "cn-notice-guarantee", "guarantee.accepted"),
    ("guarantee.accepted", "yes", "cn-notice-guarantee", "guarantee.accepted"),  # a tick, not a word
    ("guarantee.signed_by", "", "cn-notice-signature", "guarantee.signed_by"),
]


@pytest.mark.parametrize(("path", "value", "code", "field"), CASES, ids=[f"{c[0]}={c[1]!r}" for c in CASES])
def test_what_is_missing_is_named(path: str, value: Any, code: str, field: str):
    assert codes(changed(path, value)) == {code: field}


def test_enough_alternatives():
    assert codes(changed("right", COMPLETE["right"] | {"registration_no": "", "title": "花园插画"})) == {}
    assert codes(changed("claimant", COMPLETE["claimant"] | {"email": "", "phone": "13800000000"})) == {}
    assert codes(changed("objects", [{"item_id": "7731", "ground": "相同商标"}])) == {}
    assert codes(changed("right.expires_on", "")) == {}  # a work has no term to state
    assert (
        codes(changed("claimant", COMPLETE["claimant"] | {"capacity": "agent", "authorisation": ["委托书"]}))
        == {}
    )


def test_each_object_is_judged_by_itself():
    objects = [COMPLETE["objects"][0], {"url": "https://market.example/item/8"}, {"ground": "相同商标"}]
    findings = notices.check(changed("objects", objects), on=ON)
    assert [(f.code, f.field) for f in findings] == [
        ("cn-notice-object-locatable", "objects[2]"),
        ("cn-notice-object-ground", "objects[1].ground"),
    ]


def test_a_design_notice_is_advised_to_add_reports_but_may_be_sent():
    findings = notices.check(changed("right.kind", "design"), on=ON)
    assert {f.code for f in findings} == {"cn-notice-patent-comparison", "cn-notice-patent-report"}
    assert {f.severity for f in findings} == {Severity.ADVISED}
    assert not notices.blocks(findings)


def test_every_finding_has_example_basis_and_both_languages():
    for finding in notices.check({}, on=ON):
        assert finding.example
        assert finding.basis
        assert finding.message_zh != finding.message_en


def test_a_field_that_was_not_read_in_the_law_says_so():
    (finding,) = notices.check(changed("guarantee.signed_by", ""), on=ON)
    assert finding.caution_zh == "未核实，须由专业人员确认"


def test_before_the_civil_code_its_fields_do_not_apply():
    """In 2020 the identity of the claimant was not yet required by Civil Code 1195 (in force 2021)."""
    notice = changed("claimant.identity_no", "")
    assert {f.code for f in notices.check(notice, on=date(2020, 6, 1))} == set()


@pytest.mark.parametrize(
    ("regime", "missing"),
    [
        ("eu-dsa", {"eu-dsa-16-objects", "eu-dsa-16-name", "eu-dsa-16-email", "eu-dsa-16-good-faith"}),
        (
            "us-dmca",
            {
                f"us-dmca-512-{n}"
                for n in ("signature", "work", "objects", "contact", "good-faith", "perjury")
            },
        ),
        (
            "cn-ecommerce-declaration",
            {f"cn-declaration-{n}" for n in ("identity", "contact", "statement", "evidence")},
        ),
    ],
)
def test_an_empty_notice_of_each_regime(regime: str, missing: set[str]):
    assert set(codes({}, regime)) == missing


def test_a_dsa_notice_gives_reasons_for_each_object():
    assert codes(changed("objects", [{"item_id": "7"}]), "eu-dsa") == {
        "eu-dsa-16-reasons": "objects[0].ground"
    }


def test_an_unknown_regime_names_the_known_ones():
    with pytest.raises(RuleNotFound, match="cn-ecomerce") as refusal:
        notices.check({}, "cn-ecomerce")
    assert "cn-ecommerce" in str(refusal.value.mend)


@pytest.mark.parametrize("content", [[], "text", 3, None, True])
def test_what_is_no_object_is_refused(content: Any):
    with pytest.raises(NoticeUnreadable):
        notices.check(content)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=80, deadline=None)
@given(
    notice=st.dictionaries(st.sampled_from(["right", "claimant", "objects", "evidence", "guarantee"]), JSON)
)
def test_any_json_object_gets_a_fix_list_and_no_crash(notice: dict[str, Any]):
    assert notices.blocks(notices.check(notice, on=ON))
