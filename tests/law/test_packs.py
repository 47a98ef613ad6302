"""Rule packs: what ships is valid, and what is wrong is refused with the place and the reason."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from joinder.law import packs
from joinder.law.errors import InvalidPack, RuleNotFound
from joinder.law.rules import Checked, RuleKind

PACK = """
pack: local-texts
title_zh: 本地文本
title_en: Local texts
defaults: {jurisdiction: CN, source: 某地规定, kind: clock, checked: unverified, unit: day, calendar: calendar,
  trigger: something, consequence: something_else, title_zh: 期限, title_en: Period, text_zh: 说明, text_en: Text}
rules:
  - {id: local-clock, article: 第1条, effective_from: 2026-01-01, value: 10}
"""


def test_the_shipped_packs_load():
    book = packs.load()
    assert {"cn-ecommerce-notices", "cn-criminal-thresholds", "cn-trademark-law", "eu-dsa-notices"} <= set(
        book.packs
    )


def test_every_rule_cites_a_source_and_speaks_both_languages():
    for rule in packs.load():
        assert rule.citation, rule.id
        assert rule.title_zh != rule.title_en, rule.id
        assert any("一" <= character <= "鿿" for character in rule.text_zh), rule.id


def test_every_chinese_source_has_an_english_name():
    assert {rule.source for rule in packs.load() if rule.jurisdiction == "CN" and not rule.source_en} == set()


def test_a_rule_that_was_not_read_in_the_law_carries_a_caution():
    for rule in packs.load():
        assert (rule.caution is None) == (rule.checked is Checked.PRIMARY), rule.id


@pytest.mark.parametrize(
    ("on", "article"),
    [
        (date(2026, 12, 31), "第57条"),  # the last day of the text of 2019
        (date(2027, 1, 1), "第72条"),  # the first day of the revision
        (date(2030, 6, 1), "第72条"),
    ],
)
def test_which_trade_mark_article_applied(on: date, article: str):
    assert packs.load(on).rule("cn-tm-infringing-acts").article == article
    assert packs.load().rule("cn-tm-infringing-acts", on).article == article


def test_no_date_and_two_versions_is_refused_rather_than_guessed():
    with pytest.raises(RuleNotFound, match="2 versions and no date"):
        packs.load().rule("cn-tm-infringing-acts")


def test_a_rule_before_its_first_day_is_not_found():
    with pytest.raises(RuleNotFound) as refusal:
        packs.load(date(2018, 12, 31)).rule("cn-ecl-43-waiting")
    assert "2018-12-31" in str(refusal.value)


def test_an_unknown_id_names_its_neighbours():
    with pytest.raises(RuleNotFound) as refusal:
        packs.load().rule("cn-ecl-43-wating")
    assert "cn-ecl-43-waiting" in str(refusal.value)


def test_all_figures_of_214_stand_as_rows():
    figures = {
        (r.terms["measure"], r.terms["tier"], tuple(r.terms.get("needs", ()))): r.value
        for r in packs.load().of_kind(RuleKind.THRESHOLD, offence="cn-crim-214")
    }
    assert figures[("gains", "basic", ())] == 30_000
    assert figures[("sales", "basic", ())] == 50_000
    assert figures[("sales", "basic", ("repeat_2y",))] == 30_000
    assert figures[("unsold_value", "basic", ())] == 150_000
    assert figures[("sold_plus_unsold", "basic", ("repeat_2y",))] == 90_000
    assert figures[("sales", "higher", ())] == 500_000


def test_offence_215_has_five_times_and_216_no_higher_tier():
    book = packs.load()
    assert book.rule("cn-crim-215-pieces-higher").value == 5 * (book.rule("cn-crim-215-pieces").value or 0)
    assert {r.terms["tier"] for r in book.of_kind(RuleKind.THRESHOLD, offence="cn-crim-216")} == {"basic"}


def test_a_local_folder_adds_to_the_shipped_packs(tmp_path: Path):
    (tmp_path / "local.yaml").write_text(PACK, encoding="utf-8")
    book = packs.load(folders=(tmp_path,))
    assert book.rule("local-clock").value == 10
    assert len(book) == len(packs.load()) + 1


def test_a_later_folder_replaces_the_same_version(tmp_path: Path):
    for folder, value in (("a", 10), ("b", 20)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.yaml").write_text(
            PACK.replace("value: 10", f"value: {value}"), encoding="utf-8"
        )
    assert packs.load(folders=(tmp_path / "a", tmp_path / "b")).rule("local-clock").value == 20


def test_two_versions_by_date_live_side_by_side(tmp_path: Path):
    newer = "\n  - {id: local-clock, article: 第2条, effective_from: 2027-01-01, value: 20}"
    older = PACK.replace("value: 10", "value: 10, effective_to: 2026-12-31")
    (tmp_path / "x.yaml").write_text(older + newer, encoding="utf-8")
    book = packs.load(folders=(tmp_path,))
    assert [rule.value for rule in book.history("local-clock")] == [10, 20]
    assert book.rule("local-clock", date(2027, 1, 1)).value == 20


AGAIN = "\n  - {id: local-clock, article: 第2条, value: 2, effective_from: "
BROKEN = [
    ("an overlap in time", PACK + AGAIN + "2027-01-01}", "in force on 2027-01-01"),
    ("the same version twice", PACK + AGAIN + "2026-01-01}", "stands twice"),
    (
        "a clock without value",
        PACK.replace(", value: 10", ""),
        "rule local-clock: 'value' is a required property",
    ),
    ("an unknown kind", PACK.replace("kind: clock", "kind: cloak"), "rule local-clock, field kind"),
    ("a misspelt field", PACK.replace("value: 10", "valeu: 10"), "valeu"),
    ("a day that does not exist", PACK.replace("2026-01-01", "2026-02-30"), "effective_from"),
    (
        "an end before the start",
        PACK.replace("value: 10", "value: 10, effective_to: 2025-01-01"),
        "before it starts",
    ),
    ("a key written twice", PACK.replace("value: 10", "value: 10, value: 11"), "stands twice"),
    ("no YAML", "pack: [", "not valid YAML"),
    ("a list instead of a pack", "- 1\n- 2\n", "not a valid rule pack"),
    ("a rule that is text", PACK + "\n  - just text", "rule no. 2"),
    ("an empty file", "", "not a valid rule pack"),
]


@pytest.mark.parametrize(("why", "text", "says"), BROKEN, ids=[case[0] for case in BROKEN])
def test_a_broken_pack_is_refused_with_the_place(tmp_path: Path, why: str, text: str, says: str):
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidPack) as refusal:
        packs.load(folders=(tmp_path,))
    assert says in str(refusal.value)


def test_a_pack_in_another_encoding_is_refused(tmp_path: Path):
    (tmp_path / "x.yaml").write_bytes(PACK.encode("gb18030"))
    with pytest.raises(InvalidPack, match="not UTF-8"):
        packs.load(folders=(tmp_path,))


def test_a_pack_cannot_run_code(tmp_path: Path):
    (tmp_path / "x.yaml").write_text("!!python/object/apply:os.system ['true']", encoding="utf-8")
    with pytest.raises(InvalidPack):
        packs.load(folders=(tmp_path,))
