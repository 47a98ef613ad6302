"""Is this notice complete? A fix list from the field rules of a regime.

A notice is plain JSON: ``right`` (kind, registration_no or title, holder, proof, expires_on), ``claimant`` (name,
identity_no, phone or email, capacity holder|agent|licensee, authorisation), ``objects`` (each url or item_id, and
ground), ``evidence``, ``guarantee`` (accepted, signed_by). What each regime asks for is data: one field rule names a
path, a test and an example. Worked example: an object with only a shop's home page gives the finding
``cn-notice-object-locatable`` at ``objects[0]`` with an item address as the example.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from joinder.law import packs
from joinder.law.errors import NoticeUnreadable, RuleNotFound
from joinder.law.packs import RuleBook
from joinder.law.rules import Rule, RuleKind
from joinder.vocabulary.moments import BEIJING, MomentError, parse_date

DEFAULT_REGIME = "cn-ecommerce"


class Severity(StrEnum):
    """Whether a finding keeps the notice from being sent."""

    REQUIRED = "required"
    ADVISED = "advised"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend. code: the id of the rule; field: where, such as ``objects[2].ground``."""

    code: str
    field: str
    message_zh: str
    message_en: str
    example: str
    severity: Severity = Severity.REQUIRED
    basis: str = ""
    basis_en: str = ""
    caution_zh: str = ""
    caution_en: str = ""

    def as_dict(self) -> dict[str, str]:
        """Plain JSON values."""
        return {key: str(value) for key, value in asdict(self).items() if value}


def regimes(book: RuleBook | None = None) -> list[str]:
    """The regimes for which field rules are loaded, sorted."""
    return sorted({str(r.terms["regime"]) for r in book or packs.load() if r.kind is RuleKind.FIELD})


def fields(regime: str = DEFAULT_REGIME, on: date | None = None) -> list[Rule]:
    """The field rules of a regime on a date (default today in Beijing). Raises RuleNotFound for an unknown regime."""
    day = on or datetime.now(BEIJING).date()
    found = packs.load(day).of_kind(RuleKind.FIELD, regime=regime)
    if not found:
        raise RuleNotFound(
            f"There are no field rules of the regime {regime!r} in force on {day}.",
            mend=f"Regimes: {', '.join(regimes())}.",
        )
    return found


def check(
    notice: Mapping[str, Any], regime: str = DEFAULT_REGIME, *, on: date | None = None
) -> list[Finding]:
    """What is missing in a notice, required things first; empty if it is complete.

    on: the civil date of the check (default today in Beijing), which chooses the rules and judges expiry. Raises
    NoticeUnreadable if the notice is not an object, RuleNotFound for an unknown regime.
    """
    if not isinstance(notice, Mapping):
        raise NoticeUnreadable(
            f"A notice is a JSON object, not {type(notice).__name__}.",
            mend='Start from {"right": {}, "claimant": {}, "objects": [], "evidence": [], "guarantee": {}}.',
        )
    day = on or datetime.now(BEIJING).date()
    findings = [finding for rule in fields(regime, day) for finding in _apply(rule, notice, day)]
    return sorted(findings, key=lambda finding: finding.severity is Severity.ADVISED)


def blocks(findings: Sequence[Finding]) -> bool:
    """Whether a fix list keeps the notice from being sent."""
    return any(finding.severity is Severity.REQUIRED for finding in findings)


def _apply(rule: Rule, notice: Mapping[str, Any], on: date) -> Iterator[Finding]:
    terms = rule.terms
    if "when" in terms and not any(
        value in terms["when"]["in"] for _, value in _values(notice, terms["when"]["path"])
    ):
        return
    test = _TESTS[terms["test"]]
    alternatives = [list(_values(notice, path)) for path in str(terms["path"]).split("|")]
    for spots in zip(*alternatives, strict=False):
        if any(test(value, on) for _, value in spots):
            continue
        yield _finding(rule, " | ".join(where for where, _ in spots))


def _finding(rule: Rule, where: str) -> Finding:
    zh, en = rule.caution or ("", "")
    return Finding(
        code=rule.id,
        field=where,
        message_zh=f"{rule.title_zh}：{rule.text_zh}",
        message_en=f"{rule.title_en}: {rule.text_en}",
        example=str(rule.terms["example"]),
        severity=Severity(rule.terms.get("severity", Severity.REQUIRED)),
        basis=rule.citation,
        basis_en=rule.citation_en,
        caution_zh=zh,
        caution_en=en,
    )


def _values(notice: object, path: str, where: str = "") -> Iterator[tuple[str, object]]:
    """Every value at a path; ``objects[].ground`` gives one per item, and nothing for a list that is not there."""
    head, _, rest = path.partition(".")
    name = head.removesuffix("[]")
    value = notice.get(name) if isinstance(notice, Mapping) else None
    here = f"{where}.{name}" if where else name
    if not head.endswith("[]"):
        yield from [(here, value)] if not rest else _values(value, rest, here)
        return
    for position, item in enumerate(value if isinstance(value, list) else []):
        spot = f"{here}[{position}]"
        yield from [(spot, item)] if not rest else _values(item, rest, spot)


def _present(value: object, on: date) -> bool:
    return (isinstance(value, str) and bool(value.strip())) or (
        isinstance(value, int) and not isinstance(value, bool)
    )


def _listed(value: object, on: date) -> bool:
    return isinstance(value, list) and any(
        _present(item, on) or (isinstance(item, Mapping) and item) for item in value
    )


def _confirmed(value: object, on: date) -> bool:
    return value is True


def _locatable(value: object, on: date) -> bool:
    """An item number, or a web address that names more than a host."""
    if not isinstance(value, Mapping):
        return False
    if _present(value.get("item_id"), on):
        return True
    url = value.get("url")
    if not isinstance(url, str):
        return False
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host) and bool(parts.path.strip("/") or parts.query)


def _not_expired(value: object, on: date) -> bool:
    """A date that has not passed; a right without an expiry date (a work) passes."""
    if value in (None, ""):
        return True
    try:
        return parse_date(str(value)) >= on
    except MomentError:
        return False


_TESTS: Mapping[str, Callable[[object, date], bool]] = {
    "present": _present,
    "listed": _listed,
    "confirmed": _confirmed,
    "locatable": _locatable,
    "not_expired": _not_expired,
}
