"""A descriptor that does not say what it must is refused with the place."""

from __future__ import annotations

import pytest
from sample_capability import PEOPLE, descriptor

from joinder.office.capabilities.descriptor import parse
from joinder.office.capabilities.errors import DescriptorInvalid, InputInvalid

WRONG = [
    ({"kind": "oracle"}, "kind"),
    ({"version": "1"}, "version"),
    ({"title": {"zh": "只有中文"}}, "title"),
    ({"input": {"type": "nonsense"}}, "input"),
    ({"handler": "nobody.knows"}, "handler"),
    ({"surprise": 1}, "surprise"),
    ({"examples": [{"input": {}}]}, "Example 1"),
    ({"kind": "action"}, "external"),
    ({"kind": "action", "effects": "external"}, "never permit"),
]


@pytest.mark.parametrize(("change", "said"), WRONG)
def test_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(DescriptorInvalid, match=said):
        parse(descriptor(**change))


def test_a_pool_says_how_fine_it_answers() -> None:
    content = descriptor()
    del content["granularity"]
    with pytest.raises(DescriptorInvalid, match="granularity"):
        parse(content)


def test_the_digest_is_of_the_content_alone() -> None:
    assert parse(descriptor()).digest == parse(dict(reversed(descriptor().items()))).digest
    assert parse(descriptor()).digest != parse(descriptor(version="1.0.1")).digest


def test_every_fault_of_an_input_is_named() -> None:
    with pytest.raises(InputInvalid) as caught:
        parse(descriptor()).check_input({"phone": "1", "more": 2})
    assert {place for place, _ in caught.value.faults} == {"(whole)", "phone"}


def test_services_by_people_are_in_order() -> None:
    assert parse(descriptor(**PEOPLE))["transport"] == "people"
