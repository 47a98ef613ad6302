"""``joinder evidence``: the contracts that scripts rely on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from joinder.cli.main import main
from joinder.evidence import capturing
from joinder.vocabulary.node import NodeHome

pytestmark = pytest.mark.browser


def test_capture_without_a_node_makes_one_and_verify_uses_it(
    site: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JOINDER_HOME", str(tmp_path / "new home"))
    monkeypatch.setattr(capturing, "print_pdf", lambda html, browser: b"%PDF-1.7 " + html.encode())
    out = tmp_path / "page.evz"
    asked = ["evidence", "capture", site.shop.url + "/plain", "--out", str(out), "--allow-host", "localhost"]
    assert main([*asked, "--ca-file", str(site.ca_file), "--json"]) == 0
    said = capfd.readouterr()
    assert "self-issued" in said.err
    result = json.loads(said.out)
    assert (result["complete"], result["official"], result["self_issued"]) == (True, False, True)
    assert main(["evidence", "verify", str(out)]) == 0
    assert "self-issued" in capfd.readouterr().out
    empty = tmp_path / "empty"
    empty.mkdir()
    assert main(["evidence", "verify", str(out), "--trust", str(empty)]) == 3
    data = bytearray(out.read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "changed.evz").write_bytes(data)
    assert main(["evidence", "verify", str(tmp_path / "changed.evz"), "--lang", "zh"]) == 1
    assert "✗" in capfd.readouterr().out


def test_an_incomplete_capture_exits_3(
    site: Any,
    home: NodeHome,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("JOINDER_HOME", str(home.root))
    monkeypatch.setattr(capturing, "print_pdf", lambda html, browser: b"%PDF-1.7 " + html.encode())
    out = tmp_path / "cut.evz"
    asked = [
        "evidence",
        "capture",
        site.shop.url + "/cut-image",
        "--out",
        str(out),
        "--allow-host",
        "localhost",
    ]
    assert main([*asked, "--ca-file", str(site.ca_file), "--operator", "样例甲", "--operator", "样例乙"]) == 3
    assert "INCOMPLETE" in capfd.readouterr().out
    assert main(["evidence", "verify", str(out)]) == 0
    assert "INCOMPLETE" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["capture", "http://shop.example/", "--out", "x.evz"], 2),
        (["capture", "https://shop.example/"], 2),
        (["verify", "none.evz"], 2),
        (["capture", "https://shop.example/", "--out", "none/x.evz"], 2),
    ],
)
def test_wrong_use_is_usage(
    home: NodeHome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int
) -> None:
    monkeypatch.setenv("JOINDER_HOME", str(home.root))
    monkeypatch.chdir(tmp_path)
    assert main(["evidence", *arguments]) == code
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_package_is_not_valid(
    home: NodeHome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOINDER_HOME", str(home.root))
    for content in (b"", b"PK\5\6", b"x" * 5000):
        (tmp_path / "x.evz").write_bytes(content)
        assert main(["evidence", "verify", str(tmp_path / "x.evz")]) == 1
