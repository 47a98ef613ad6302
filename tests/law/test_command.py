"""``joinder law``: results on stdout, exit codes as promised, no traceback for bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from joinder.cli.main import main

COMPLETE = json.loads((Path(__file__).parent / "complete_notice.json").read_text(encoding="utf-8"))


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(["law", *arguments])
    output = capsys.readouterr()
    return code, output.out, output.err


def test_clock_explains_itself_in_both_languages(capsys):
    code, out, _ = run(capsys, "clock", "cn-ecl-43-waiting", "--from", "2026-11-16")
    assert code == 0
    assert out.startswith("2026-12-01 24:00")
    assert "当日不计入" in out
    assert "is not counted" in out


def test_clock_as_json(capsys):
    code, out, _ = run(capsys, "clock", "cn-ecl-43-waiting", "--from", "2026-11-16T10:00+08:00", "--json")
    result = json.loads(out)
    assert code == 0
    assert (result["date"], result["utc_deadline"]) == ("2026-12-01", "2026-12-01T16:00:00Z")
    assert all(step["text_zh"] and step["text_en"] and step["rule_id"] for step in result["steps"])


def test_clock_with_days_not_counted(capsys):
    code, out, _ = run(
        capsys,
        "clock",
        "cn-ecl-43-waiting",
        "--from",
        "2026-11-16",
        "--exclude",
        "2026-11-20..2026-11-22:公证",
    )
    assert code == 0
    assert out.startswith("2026-12-04 24:00")


def test_check_of_a_complete_and_an_incomplete_notice(capsys, tmp_path: Path):
    file = tmp_path / "notice.json"
    file.write_text(json.dumps(COMPLETE, ensure_ascii=False), encoding="utf-8")
    assert run(capsys, "check", str(file), "--on", "2026-11-22")[0] == 0
    file.write_text(json.dumps(COMPLETE | {"evidence": []}), encoding="utf-8")
    code, out, _ = run(capsys, "check", str(file), "--on", "2026-11-22", "--json")
    assert code == 1
    assert json.loads(out)["findings"][0]["code"] == "cn-notice-evidence"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_the_encodings_of_offices_are_read(capsys, tmp_path: Path, encoding: str):
    notice, rows = tmp_path / "notice.json", tmp_path / "rows.csv"
    notice.write_text(json.dumps(COMPLETE, ensure_ascii=False), encoding=encoding)
    assert run(capsys, "check", str(notice), "--on", "2026-11-22")[0] == 0
    rows.write_text("goods,quantity,unit_price\n杯,1,450\n", encoding=encoding)
    assert run(capsys, "amount", str(rows), "--offence", "cn-crim-214", "--on", "2026-11-22")[0] == 0


def test_amount_lists_bounds_thresholds_and_rows(capsys, tmp_path: Path):
    file = tmp_path / "rows.csv"
    file.write_text(
        "order_id,quantity,unit_price,status\nO-1,100,450,paid\nO-2,9,450,refunded\n", encoding="utf-8"
    )
    code, out, err = run(
        capsys, "amount", str(file), "--offence", "cn-crim-214", "--on", "2026-11-22", "--json"
    )
    result = json.loads(out)
    assert code == 0
    assert result["bounds"]["sales"] == {"lower": "45000.00", "upper": "45000.00"}
    assert [row["counted"] for row in result["rows"]] == [True, False]
    assert "secondary" in err


def test_show_a_rule_and_a_whole_pack(capsys):
    assert "第42条" in run(capsys, "show", "cn-ecl-42-platform-measures")[1]
    assert (
        run(capsys, "show", "cn-tm-infringing-acts", "--on", "2027-01-01")[1].count("cn-tm-infringing-acts")
        == 1
    )
    assert "cn-ecl-43-waiting" in run(capsys, "show", "cn-ecommerce-notices")[1]
    assert "unverified" in run(capsys, "show", "cn-notice-guarantee")[1]


def test_list_by_kind(capsys):
    code, out, _ = run(capsys, "list", "--kind", "clock", "--json")
    assert code == 0
    assert {rule["kind"] for rule in json.loads(out)} == {"clock"}


REFUSALS = [
    (["show", "cn-ecl-43-wating"], 2, "cn-ecl-43-waiting"),
    (["clock", "cn-ecl-43-waiting", "--from", "soon"], 2, "not a date"),
    (["clock", "cn-ecl-43-waiting", "--from", "9999-12-31"], 2, "too far away"),
    (["clock", "cn-ecl-43-waiting", "--from", "9999-12-31T20:00Z"], 2, "too far away"),
    (["clock", "cn-ecl-43-waiting", "--from", "0001-01-01"], 2, "0001"),
    (["clock", "cn-ecl-43-waiting", "--from", "2018-12-31"], 2, "It applied: 2019-01-01"),
    (["clock", "cn-crim-214-sales", "--from", "2026-01-01"], 2, "not a clock"),
    (["clock", "cn-ecl-43-waiting", "--from", "2026-12-25"], 3, "2027"),
    (["clock", "cn-ecl-43-waiting"], 2, "--from"),
    (["check", "no-such-file.json"], 2, "cannot be read"),
    (["amount", "no-such-file.csv", "--offence", "cn-crim-214"], 1, "cannot be read"),
    (["amount", "no-such-file.csv", "--offence", "nothing"], 2, "cn-crim-214"),
]


@pytest.mark.parametrize(
    ("arguments", "expected", "says"), REFUSALS, ids=[" ".join(case[0]) for case in REFUSALS]
)
def test_a_refusal_says_what_and_how_to_mend(capsys, arguments: list[str], expected: int, says: str):
    code, out, err = run(capsys, *arguments)
    assert code == expected
    assert out == ""
    assert says in err
    assert "Traceback" not in err


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff\xfe", b"{", b"[" * 100_000])
def test_a_notice_that_is_no_json_object(capsys, tmp_path: Path, content: bytes):
    file = tmp_path / "notice.json"
    file.write_bytes(content)
    code, _, err = run(capsys, "check", str(file))
    assert code == 2
    assert "Traceback" not in err
