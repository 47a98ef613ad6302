"""Making a node: its configuration, keys, folders and database. Doing it twice changes nothing."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from joinder.evidence import authority
from joinder.office.config.bootstrap import OfficeError, open_office
from joinder.vocabulary.node import CONFIG_NAME, NodeHome

CONFIG = """# A Joinder node. Environment variables win over this file; see `joinder serve --help`.

[node]
name = "{name}"

[office]
language = "zh-hans"        # or "en"; each member may choose
time_zone = "Asia/Shanghai"
hosts = []                  # names under which the site is reached from other machines
origins = []                # their origins, e.g. "https://joinder.example"
secure = false              # true behind TLS: cookies travel on TLS alone
replay_origin = ""          # the separate origin that replays archived pages

[database]
# url = "postgresql://user@host/name"   # default: joinder.db beside this file

[evidence]
# tsa_url = "https://tsa.example"       # default: the node's own, self-issued
# allow_hosts = ["intranet.example"]    # private hosts that a capture may reach; none by default
# ca_file = "intranet-ca.pem"           # authorities trusted for captures, beside this file
"""


@dataclass(frozen=True)
class Made:
    """What was there and what was made."""

    home: NodeHome
    new: bool
    made: tuple[str, ...]


def make_node(root: Path, *, name: str = "Joinder") -> Made:
    """Make the node in ``root`` or complete it, and bring its database to this version.

    Raises OfficeError where the folder cannot be written or is a file; AuthorityMissing where keys were lost.
    """
    home = NodeHome(root.expanduser().resolve())
    new, made = not home.exists, []
    try:
        for folder in (home.root, home.store, home.pools):
            folder.mkdir(parents=True, exist_ok=True)
        if not authority.Authority(home).complete:
            authority.make(home)
            made.append("keys")
        if _write_secret(home.keys / "office.secret"):
            made.append("office secret")
        if new:
            _write_config(home, name)
            made.append(CONFIG_NAME)
    except (FileExistsError, NotADirectoryError, PermissionError) as error:
        raise OfficeError(
            f"No node can be made in {home.root}: {error.strerror}.",
            mend="Name a folder that you may write: joinder init FOLDER",
        ) from None
    if _migrate(home):
        made.append("database")
    return Made(home, new, tuple(made))


def _write_config(home: NodeHome, name: str) -> None:
    part = home.config_file.with_suffix(".toml.part")
    part.write_text(CONFIG.format(name=name.replace("\\", "").replace('"', "")), encoding="utf-8")
    part.replace(home.config_file)


def _write_secret(path: Path) -> bool:
    """Make the secret that signs sessions, readable by the node alone; False if it is there."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        stream.write(secrets.token_urlsafe(48) + "\n")
    return True


def _migrate(home: NodeHome) -> bool:
    """Bring the database to this version; whether anything was to be done."""
    open_office(home)
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    call_command("migrate", verbosity=0, interactive=False)
    if home.database.is_file():
        home.database.chmod(0o600)
    return True


def add_first_administrator(organisation: str, username: str) -> str:
    """Add an administrative unit with its administrator and return the password made for them.

    Raises PeopleError if the sign-in name or the organisation is taken. Call after ``make_node``.
    """
    from joinder.office.people import services
    from joinder.office.people.actors import Actor
    from joinder.office.people.kinds import Capacity, Kind

    system, password = Actor.system(), secrets.token_urlsafe(12)
    unit = services.add_organisation(actor=system, kind=Kind.MARKET_REGULATOR, name=organisation)
    services.add_member(
        actor=system,
        organisation=unit,
        username=username,
        name=username,
        password=password,
        capacities=[Capacity.ADMINISTRATOR, Capacity.INSPECTOR],
    )
    return password
