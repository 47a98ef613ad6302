"""A pack file: YAML whose dates stay text, checked against the JSON Schema with errors that name the place."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import jsonschema
import yaml

from joinder.law.errors import InvalidPack

SCHEMA_FILE = Path(__file__).parent / "pack.schema.json"


class _PlainLoader(yaml.SafeLoader):
    """Safe YAML in which 2026-01-01 is text and a key may not stand twice."""

    yaml_implicit_resolvers = {
        first: [(tag, regexp) for tag, regexp in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = next((key for position, key in enumerate(keys) if key in keys[:position]), None)
        if twice is not None:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {twice!r} stands twice", node.start_mark
            )
        return super().construct_mapping(node, deep=deep)


def read_yaml(file: Path) -> Any:
    """The plain values of a YAML file. Raises InvalidPack if it cannot be read, with line and column."""
    try:
        return yaml.load(file.read_text(encoding="utf-8"), _PlainLoader)
    except OSError as error:
        raise InvalidPack(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InvalidPack(f"{file} is not UTF-8.", mend="Save the file as UTF-8.") from error
    except (yaml.YAMLError, TypeError, RecursionError) as error:
        raise InvalidPack(f"{file} is not valid YAML: {error}") from error


def read_pack(file: Path) -> dict[str, Any]:
    """A pack's content, each rule filled up with the pack's ``defaults``, valid by the schema.

    Raises InvalidPack naming file, rule id and field of up to five faults.
    """
    content = read_yaml(file)
    if isinstance(content, dict) and isinstance(content.get("rules"), list):
        defaults = content.get("defaults", {})
        if isinstance(defaults, dict):
            content["rules"] = [defaults | r if isinstance(r, dict) else r for r in content["rules"]]
    faults = sorted(_validator().iter_errors(content), key=lambda fault: [str(part) for part in fault.path])
    if faults:
        lines = [f"  {_place(content, fault)}: {fault.message}" for fault in faults[:5]]
        more = [f"  and {len(faults) - 5} more"] if len(faults) > 5 else []
        raise InvalidPack(
            f"{file.name} is not a valid rule pack:\n" + "\n".join(lines + more),
            mend="The fields and their meaning are in docs/spec/law.md.",
        )
    return dict(content)


def _place(content: Any, fault: jsonschema.ValidationError) -> str:
    path = list(fault.absolute_path)
    if len(path) >= 2 and path[0] == "rules" and isinstance(path[1], int):
        rule = content["rules"][path[1]]
        name = rule.get("id", f"no. {path[1] + 1}") if isinstance(rule, dict) else f"no. {path[1] + 1}"
        rest = ".".join(str(part) for part in path[2:])
        return f"rule {name}" + (f", field {rest}" if rest else "")
    return ".".join(str(part) for part in path) or "file"


@functools.cache
def _validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(
        schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
