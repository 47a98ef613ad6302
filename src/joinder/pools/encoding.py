"""Which encoding a text file is in, and its text as a stream.

Recognised are UTF-8 (with or without a byte-order mark), UTF-16 and GB18030 (which includes GBK and GB2312). A file
is read to its end before the answer is given, because one wrong byte in the last row would otherwise stop an intake
half-way. A guess that would give unlikely text is refused, with the place of the first byte that does not fit.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from joinder.pools.errors import SourceError

_CHUNK = 1 << 20
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_KNOWN = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030")
# GB18030 gives some character for almost any pair of high bytes. Real Chinese text consists mostly of GB2312
# characters; Latin-1 or random bytes read as GB18030 do not.
_LIKELY_SHARE = 0.6
_MEND_ZH = "请将文件另存为UTF-8，或在映射中写明编码（source: encoding: …）。"
_MEND = "Save the file as UTF-8, or name its encoding in the mapping (source: encoding: ...)."


@dataclass(frozen=True)
class DecodeFault:
    """The first byte that does not fit an encoding."""

    encoding: str
    offset: int
    reason: str


def detect_encoding(path: Path) -> str:
    """The encoding of a text file, as Python names it (an empty file is UTF-8).

    Raises SourceError naming the offset of the first byte that does not fit; OSError if the file cannot be read.
    """
    with path.open("rb") as stream:
        head = stream.read(1 << 16)
    for bom, encoding in _BOMS:
        if head.startswith(bom):
            return _sure(path, encoding)
    if b"\x00" in head:
        return _wide_without_mark(path, head)
    fault = first_fault(path, "utf-8")
    if fault is None:
        return "utf-8"
    other = first_fault(path, "gb18030")
    if other is None and _reads_like_chinese(path):
        return "gb18030"
    raise SourceError(
        f"{path} is not readable text: byte {fault.offset} is not UTF-8 ({fault.reason})"
        + (
            f", and byte {other.offset} is not GB18030 ({other.reason})."
            if other
            else ", and read as GB18030 it gives unlikely text."
        ),
        mend=_MEND,
        zh=f"{path}不是可读的文本：第{fault.offset}字节不符合UTF-8"
        + (f"，第{other.offset}字节不符合GB18030。" if other else "，按GB18030读出的文字不通。")
        + _MEND_ZH,
    )


def checked_encoding(path: Path, encoding: str) -> str:
    """The encoding that a mapping names, if the whole file fits it. Raises SourceError otherwise."""
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise SourceError(
            f"The encoding {encoding!r} is not known.", mend=f"Known are, for example: {', '.join(_KNOWN)}."
        ) from None
    return _sure(path, encoding)


def first_fault(path: Path, encoding: str) -> DecodeFault | None:
    """The first byte of the file that does not fit, or None. Reads with bounded memory."""
    decoder = codecs.getincrementaldecoder(encoding)()
    done = 0
    with path.open("rb") as stream:
        while True:
            chunk = stream.read(_CHUNK)
            held = len(decoder.getstate()[0])
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                # ``held`` bytes of the last chunk were still waiting for their fellows.
                return DecodeFault(encoding, done - held + error.start, error.reason)
            except UnicodeError as error:
                return DecodeFault(encoding, done, str(error))
            if not chunk:
                return None
            done += len(chunk)


def decoded(path: Path, encoding: str) -> Iterator[str]:
    """The text in pieces. Raises SourceError at a byte that does not fit (the file changed since it was checked)."""
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as stream:
        while True:
            chunk = stream.read(_CHUNK)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeError as error:
                raise SourceError(f"{path} is not {encoding}: {error}.", mend=_MEND) from None
            if text:
                yield text
            if not chunk:
                return


def _sure(path: Path, encoding: str) -> str:
    fault = first_fault(path, encoding)
    if fault is not None:
        raise SourceError(
            f"{path} is not readable as {encoding}: byte {fault.offset} does not fit ({fault.reason}).",
            mend=_MEND,
            zh=f"{path}不能按{encoding}读取：第{fault.offset}字节不符合。{_MEND_ZH}",
        )
    return encoding


def _wide_without_mark(path: Path, head: bytes) -> str:
    # Text in UTF-16 has its zero bytes on one side only: the high bytes of ASCII.
    for encoding, zeros, others in (
        ("utf-16-le", head[1::2], head[::2]),
        ("utf-16-be", head[::2], head[1::2]),
    ):
        if zeros.count(0) > 4 * others.count(0) and zeros.count(0) >= max(1, len(zeros) // 20):
            return _sure(path, encoding)
    raise SourceError(
        f"{path} is not text: byte {head.index(0)} is zero, as in a program or a picture.",
        mend="Give a CSV, TSV, JSON, JSONL or Parquet file.",
        zh=f"{path}不是文本：第{head.index(0)}字节为零，像是程序或图片。请提供CSV、TSV、JSON、JSONL或Parquet文件。",
    )


def _reads_like_chinese(path: Path, sample: int = 20_000) -> bool:
    foreign: list[str] = []
    for text in decoded(path, "gb18030"):
        foreign += [c for c in text if c > "\x7f"][: sample - len(foreign)]
        if len(foreign) >= sample:
            break
    likely = sum(1 for c in foreign if _in_gb2312(c))
    return likely >= _LIKELY_SHARE * len(foreign)


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
