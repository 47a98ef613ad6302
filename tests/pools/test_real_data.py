"""Real sets, brought in by the command and the mappings kept with Joinder: counts and values looked up by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from joinder.pools import open_records
from joinder.pools.sources.whoistext import parse_whois
from joinder.vocabulary.node import NodeHome

pytestmark = pytest.mark.shared_data


def take_in(home: NodeHome, pool: str, kind: str, files: list[Path], mapping: str) -> dict[str, Any]:
    """Run ``joinder pool add`` and return its report."""
    command = [sys.executable, "-m", "joinder.cli.main", "pool", "add", pool, *map(str, files)]
    done = subprocess.run(
        [*command, "--kind", kind, "--mapping", mapping, "--json"],
        env={"JOINDER_HOME": str(home.root), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def records(home: NodeHome, pool: str, kind: str, key: str) -> dict[str, dict[str, Any]]:
    return {row[key]: row for row in open_records(pool, kind, home).table().to_pylist()}


def test_brands_as_rights(shared_data: Path, home: NodeHome) -> None:
    files = sorted((shared_data / "brands-nsi" / "shop").glob("*.json"))
    report = take_in(home, "brands", "right", files, "brands-nsi")
    assert (report["read"], report["added"], report["rejected"]) == (3826, 3826, 0)
    rights = records(home, "brands", "right", "right_id")
    aldo = rights["aldo-9b62dc"]
    assert (aldo["mark"], aldo["kind"], aldo["classes"], aldo["goods"]) == ("Aldo", "word", ["25"], "shoes")
    assert "aldo shoes" in aldo["aliases"]
    assert sum(any("一" <= c <= "鿿" for c in "".join(r["aliases"] or ())) for r in rights.values()) > 150
    again = take_in(home, "brands", "right", files, "brands-nsi")
    assert (again["read"], len(again["already"])) == (0, len(files))


def test_products_as_listings(shared_data: Path, home: NodeHome) -> None:
    folder = shared_data / "er-product-walmart-amazon"
    report = take_in(
        home, "shops", "listing", [folder / "walmart.csv", folder / "amazon.csv"], "er-product-walmart-amazon"
    )
    assert (report["read"], report["added"], report["rejected"], report["emptied"]) == (24628, 24628, 0, 0)
    rows = open_records("shops", "listing", home).table().to_pylist()
    walmart = {row["listing_id"]: row for row in rows if row["platform"] == "walmart"}
    assert (len(walmart), len(rows) - len(walmart)) == (2554, 22074)
    assert walmart["1"]["title"] == "Epson 1500 Hours 200W UHE Projector Lamp ELPLP12"
    assert (walmart["1"]["price_minor"], walmart["1"]["currency"], walmart["1"]["brand"]) == (
        43884,
        "USD",
        "Epson",
    )


def test_scam_shops_as_accounts(shared_data: Path, home: NodeHome) -> None:
    report = take_in(
        home,
        "scam",
        "account",
        [shared_data / "scam-shops-durablenapkin" / "hosts.txt"],
        "scam-shops-durablenapkin",
    )
    assert (report["read"], report["added"], report["rejected"], report["doubtful"]) == (2214, 2214, 0, 0)
    account = records(home, "scam", "account", "account_id")["1stireland.com"]
    assert (account["kind"], account["url"]) == ("domain", "https://1stireland.com/")


def test_whois_answers_as_accounts(shared_data: Path, home: NodeHome) -> None:
    folder = shared_data / "whois-likexian" / "noterror"
    files = [path for path in sorted(folder.iterdir()) if path.suffix not in (".json", ".pre")]
    report = take_in(home, "whois", "account", files, "whois-likexian")
    # Two answers of .ch print a table without colons, which the reader does not claim to know.
    assert (report["read"], report["added"], report["rejected"]) == (209, 207, 2)
    assert [told["source"] for told in report["findings"] if told["level"] == "rejected"] == [
        "ch_google.ch",
        "ch_switch.ch",
    ]
    accounts = records(home, "whois", "account", "account_id")
    assert accounts["google.cn"]["name"] == "北京谷翔信息技术有限公司"
    assert accounts["apple.cn"]["opened_on"] == date(2003, 3, 17)
    assert accounts["git.hk"]["opened_on"] == date(2017, 7, 11)


def test_whois_reading_against_the_truth_beside_it(shared_data: Path) -> None:
    """How well the reader does, measured: domains, days of registration, and addresses that are addresses."""
    folder = shared_data / "whois-likexian" / "noterror"
    domains = created = created_right = mails = mails_right = answers = 0
    for path in sorted(folder.iterdir()):
        if path.suffix in (".json", ".pre"):
            continue
        answers += 1
        truth = json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8"))
        found = parse_whois(path.read_bytes().decode("utf-8", "replace"))
        domains += found["domain"] in (truth["domain"].get("domain"), truth["domain"].get("punycode"))
        if truth["domain"].get("created_date"):
            created += 1
            created_right += found["created"] is not None
        mail = truth.get("registrant", {}).get("email", "")
        if "@" in mail and " " not in mail and found["registrant_email"]:
            mails += 1
            mails_right += found["registrant_email"].lower() == mail
    assert domains >= 0.98 * answers
    assert created_right >= 0.9 * created
    # What the reader does name as the registrant's address is right: it never guesses.
    assert mails_right >= 0.98 * mails > 20


def test_unregistered_domains_are_told_not_stored(shared_data: Path, home: NodeHome) -> None:
    files = sorted((shared_data / "whois-likexian" / "notfound").iterdir())
    report = take_in(home, "whois", "account", files, "whois-likexian")
    assert report["read"] == len({path.read_bytes() for path in files})
    assert report["rejected"] >= 0.97 * report["read"]


def test_companies_and_persons_as_parties(shared_data: Path, home: NodeHome) -> None:
    folder = shared_data / "er-company-person-senzing"
    files = [folder / f"{name}.csv" for name in ("customers", "reference", "watchlist")]
    report = take_in(home, "parties", "party", files, "er-company-person-senzing")
    assert (report["read"], report["added"], report["rejected"]) == (159, 159, 0)
    parties = records(home, "parties", "party", "party_id")
    robert = parties["CUSTOMERS:1001"]
    assert (robert["name"], robert["kind"], robert["phone"]) == ("Robert Smith", "person", "702-919-1300")
    assert parties["REFERENCE:2012"]["kind"] == "company"
    assert parties["REFERENCE:2012"]["address"] == "4 Hillview Rise, SINGAPORE, 667979, Singapore"
