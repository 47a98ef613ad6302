"""What can go wrong while data is taken in or read.

The people who correct a mapping or mend a file read Chinese or English, so the errors they meet most carry both: the
message in English (for terminals and logs) and ``zh``, what happened and how to mend it, for a Chinese page.
"""

from __future__ import annotations

from joinder.vocabulary.errors import JoinderError, UsageError


class PoolsError(JoinderError):
    """Anything that goes wrong in this room. zh: the same said in Chinese, or None where only English is there."""

    lead_zh = "数据处理失败"

    def __init__(self, message: str, *, mend: str | None = None, zh: str | None = None) -> None:
        super().__init__(message, mend=mend)
        self.zh = zh

    @property
    def said_zh(self) -> str:
        """What happened, in Chinese as far as it is written so."""
        return self.zh or f"{self.lead_zh}：{self.message}"


class SourceError(PoolsError):
    """A file cannot be read as what it is said to be."""

    lead_zh = "文件无法读取"


class MappingError(PoolsError, UsageError):
    """A mapping is not well formed, is for another kind, or names columns that the file lacks."""

    lead_zh = "映射有误"


class LakeError(PoolsError):
    """The lake of a node cannot be read or written."""

    lead_zh = "数据池无法读写"


class PoolBusy(LakeError):
    """Another intake is writing the same pool."""


class DiskFull(LakeError):
    """There was no room; the lake is as it was before."""


class PoolMissing(PoolsError, UsageError):
    """There is neither a file nor a pool of that name."""

    lead_zh = "没有该数据池"
