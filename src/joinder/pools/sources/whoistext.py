"""Read the text of a WHOIS answer into named values."""

from __future__ import annotations

import re
from typing import Any

FIELDS = (
    "domain", "found", "registrar", "created", "expires", "updated", "status", "name_servers", "registrant_id",
    "registrant_name", "registrant_organization", "registrant_address", "registrant_country", "registrant_phone",
    "registrant_email",
)  # fmt: skip

# Keys as registries print them, in lower case without punctuation, and the name they are gathered under.
_KEYS: dict[str, tuple[str, ...]] = {
    "domain": ("domain name", "domain", "domainname", "nom de domaine", "complete domain name", "dominio"),
    "registrar": (
        "registrar", "sponsoring registrar", "registrar name", "registrar organization", "registered by",
        "registration service provider", "current registar", "authorized agency",
    ),
    "created": (
        "creation date", "created date", "created on", "created", "registered on", "registered date", "registered",
        "registration time", "registration date", "domain registration date", "record created", "domain created",
        "domain create date", "created date utc", "registrar creation date", "domain name commencement date",
    ),
    "expires": (
        "registry expiry date", "registrar registration expiration date", "expiration date", "expiration time",
        "expires on", "expires", "expiry date", "expire date", "expire", "paid till", "renewal date", "record expires",
        "expiry", "domain expiration date", "valid until", "free date", "registrar expiration date", "validity",
    ),
    "updated": (
        "updated date", "last updated", "last updated on", "last modified", "changed", "modified", "last update",
        "last updated date", "modification date", "domain last updated date", "record last updated",
    ),
    "status": ("domain status", "status", "state", "registration status"),
    "name_servers": (
        "name server", "name servers", "nameserver", "nameservers", "nserver", "host name", "dns", "primary server",
        "secondary server", "domain servers", "domain name servers", "ns",
    ),
    "registrant_id": ("registry registrant id", "registrant id", "registrant contact id", "registrant code"),
    "registrant_name": ("registrant name", "registrant", "registrant contact name", "owner name", "holder name"),
    "registrant_organization": (
        "registrant organization", "registrant organisation", "registrant contact organization", "owner organization",
        "owner", "holder", "org", "registrant company",
    ),
    "registrant_street": (
        "registrant street", "registrant address", "registrant address1", "registrant address2", "registrant street1",
        "registrant street2", "registrants address", "owner address", "registrant contact address",
    ),
    "registrant_city": ("registrant city", "registrant contact city", "owner city"),
    "registrant_province": ("registrant state province", "registrant stateprovince", "registrant state"),
    "registrant_postal": ("registrant postal code", "registrant zip code", "registrant postalcode"),
    "registrant_country": (
        "registrant country", "registrant country economy", "registrant contact country", "owner country",
        "registrant country code",
    ),
    "registrant_phone": ("registrant phone", "registrant phone number", "registrant contact phone", "owner phone"),
    "registrant_email": (
        "registrant email", "registrant contact email", "registrant e mail", "owner email", "registrant contact e mail",
    ),
}  # fmt: skip
_NAME_OF = {key: name for name, keys in _KEYS.items() for key in keys}
_SECTIONS = ("domain", "domain name", "registrant", "holder", "owner", "holder of domain name")
_IN_SECTION = {
    (section, key): name
    for sections, names in (
        (("domain", "domain name"), {"name": "domain"}),
        (
            ("registrant", "holder", "owner"),
            {
                "name": "registrant_name", "organization": "registrant_organization", "org": "registrant_organization",
                "email": "registrant_email", "e mail": "registrant_email", "phone": "registrant_phone",
                "country": "registrant_country", "address": "registrant_street", "street": "registrant_street",
                "city": "registrant_city",
            },
        ),
    )
    for section in sections
    for key, name in names.items()
}  # fmt: skip
_LINE = re.compile(r"^\s*(?:\[|[a-z]\.\s*\[)?([A-Za-z][^:\]\n]{0,48}?)(?:\]|[.\s]*:)\s*(.*)$")
_ABSENT = re.compile(
    r"no match|not found|no entries found|no data found|nothing found|no object found|is available|is free\b|"
    r"not registered|no such domain|status:\s*(?:free|available)|does not exist|no information|not exist|"
    r"domain unknown|we do not have an entry|unassigned|object_not_found|invalid query",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"redacted|privacy|not disclosed|data protected|withheld|statutory masking|gdpr", re.IGNORECASE
)
_DOMAIN = re.compile(r"[^\s.\[\]]+(?:\.[^\s.\[\]]+)+\.?|[a-z]{2,}", re.IGNORECASE)


def parse_whois(text: str) -> dict[str, Any]:
    """The named values of an answer (``FIELDS``); ``found`` is false where the registry knows no such domain.

    A value that the registry hid for privacy is left out: a hiding service is not the person behind the domain.
    """
    gathered: dict[str, list[str]] = {}
    section = open_key = ""
    for line in text.splitlines():
        if not line.strip():
            open_key = ""
            continue
        if line.lstrip().startswith(("%", "#", ">>>", "--", "*")):
            continue
        key, value = _key_and_value(line)
        name = _NAME_OF.get(key) or _IN_SECTION.get((section, key))
        if key and not value:
            # "Domain:" alone opens a part in which "name:" is the domain's name.
            section = key if key in _SECTIONS else section
        if key:
            open_key = name or ""
        elif open_key:
            # Some registries print the key on a line of its own and its values below it.
            name, value = open_key, line.strip()
        if name and value:
            gathered.setdefault(name, []).append(value)
    absent = "created" not in gathered and _ABSENT.search(text[:2000]) is not None
    return _record(gathered, found=not absent)


def _key_and_value(line: str) -> tuple[str, str]:
    hit = _LINE.match(line)
    if hit is None:
        return "", ""
    return re.sub(r"[^a-z0-9]+", " ", hit.group(1).lower()).strip(), hit.group(2).strip()


def _record(gathered: dict[str, list[str]], found: bool) -> dict[str, Any]:
    def first(name: str) -> str | None:
        values = [value for value in gathered.get(name, []) if value]
        if not values or (name.startswith("registrant") and _PRIVATE.search(values[0])):
            return None
        return values[0]

    domain = (first("domain") or "").lower().rstrip(".")
    domain = hit.group() if (hit := _DOMAIN.match(domain)) else ""
    address = ", ".join(
        part
        for name in ("registrant_street", "registrant_city", "registrant_province", "registrant_postal")
        for part in (gathered.get(name) or [])
        if part and not _PRIVATE.search(part)
    )
    return {
        "domain": domain if found else "",
        "found": found,
        "registrar": first("registrar"),
        "created": first("created"),
        "expires": first("expires"),
        "updated": first("updated"),
        "status": [value.split()[0] for value in gathered.get("status", [])],
        "name_servers": [value.split()[0].lower().rstrip(".") for value in gathered.get("name_servers", [])],
        "registrant_id": first("registrant_id"),
        "registrant_name": first("registrant_name"),
        "registrant_organization": first("registrant_organization"),
        "registrant_address": address or None,
        "registrant_country": first("registrant_country"),
        "registrant_phone": first("registrant_phone"),
        "registrant_email": first("registrant_email"),
    }
