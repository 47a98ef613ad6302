"""Which encodings are recognised, and what is said of files that are in none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinder.pools.encoding import checked_encoding, decoded, detect_encoding
from joinder.pools.errors import SourceError

CHINESE = "平台,标题\n淘贝,某某优品运动鞋\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"", "utf-8"),
        (b"platform,title\n", "utf-8"),
        (CHINESE.encode(), "utf-8"),
        (CHINESE.encode("utf-8-sig"), "utf-8-sig"),
        (CHINESE.encode("utf-16"), "utf-16"),
        (b"platform,title\n".ljust(400, b"a").decode().encode("utf-16-le"), "utf-16-le"),
        (b"platform,title\n".ljust(400, b"a").decode().encode("utf-16-be"), "utf-16-be"),
        (CHINESE.encode("gb18030"), "gb18030"),
        # The first Chinese character may stand after megabytes of ASCII.
        (b"a" * 2_000_000 + CHINESE.encode("gb18030"), "gb18030"),
    ],
)
def test_recognised(tmp_path: Path, data: bytes, encoding: str) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(data)
    assert detect_encoding(path) == encoding


@pytest.mark.parametrize(
    ("data", "offset"),
    [
        ("café au lait".encode("latin-1"), "byte 3"),
        (b"a" * 1_048_575 + "é ".encode("latin-1"), "byte 1048575"),
        # The lead byte of a character that is cut off at the end of the first piece that is read.
        (b"a" * 1_048_575 + b"\xe6" + b"bc", "byte 1048575"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "byte 8 is zero"),
        (b"\xff\xfeA\x00\x00\xd8", "byte 4"),
        ("über größe müßig".encode("cp1252"), "byte 0"),
    ],
)
def test_refused_naming_the_byte(tmp_path: Path, data: bytes, offset: str) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=offset) as caught:
        detect_encoding(path)
    assert caught.value.mend


def test_a_named_encoding_must_fit_to_the_last_byte(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes("größe".encode("latin-1"))
    assert checked_encoding(path, "latin-1") == "latin-1"
    with pytest.raises(SourceError, match="byte 2"):
        checked_encoding(path, "utf-8")
    with pytest.raises(SourceError, match="klingon"):
        checked_encoding(path, "klingon")


@settings(max_examples=40, deadline=None)
@given(
    text=st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1),
    ascii_=st.text("ab,\n"),
)
def test_utf8_is_never_taken_for_another(
    tmp_path_factory: pytest.TempPathFactory, text: str, ascii_: str
) -> None:
    path = tmp_path_factory.mktemp("e") / "f.csv"
    path.write_bytes((ascii_ + text).encode())
    assert "".join(decoded(path, detect_encoding(path))) == ascii_ + text
