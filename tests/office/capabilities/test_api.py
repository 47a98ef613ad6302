"""The machine door: tokens, publish, ask, claim, beat, result, cancel."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from sample_capability import descriptor

from joinder.office.capabilities.models import Capability
from joinder.office.people import services as people
from joinder.office.people.actors import Actor
from joinder.office.people.models import Organisation

pytestmark = pytest.mark.django_db


class Machine:
    """An organisation's machine that speaks to the API."""

    def __init__(self, organisation: Organisation, capacity: str) -> None:
        made, secret = people.add_api_client(
            actor=Actor.system(), organisation=organisation, name="样例机", capacity=capacity
        )
        self.client, self.client_id, self.secret = Client(), made.client_id, secret
        self.token = self.ask_token(secret).json().get("access_token", "")

    def ask_token(self, secret: str) -> Any:
        body = {"grant_type": "client_credentials", "client_id": self.client_id, "client_secret": secret}
        return self.client.post("/api/token", body)

    def send(self, method: str, path: str, body: Any = None, token: str = "", **headers: str) -> Any:
        bearer = {"authorization": f"Bearer {token or self.token}", **headers}
        return self.client.generic(
            method, f"/api{path}", json.dumps(body or {}), "application/json", headers=bearer
        )


@pytest.fixture
def machine(organisation_of: Callable[..., Organisation]) -> Callable[..., Machine]:
    def make(kind: str, capacity: str) -> Machine:
        return Machine(organisation_of(kind), capacity)

    return make


PULL = {"id": "sample.pull", "kind": "tool", "transport": "pull", "handler": ""}


def test_a_job_goes_to_another_machine_and_back(
    machine: Callable[..., Machine], published: Callable[..., Capability]
) -> None:
    published("platform", **PULL)
    regulator, platform = machine("market_regulator", "inspector"), machine("platform", "compliance")
    ask = {"input": {"phone": "000-1234"}, "purpose": "case"}
    asked = regulator.send("POST", "/capabilities/sample.pull/jobs", ask, **{"Idempotency-Key": "k1"})
    assert asked.status_code == 201, asked.content
    again = regulator.send("POST", "/capabilities/sample.pull/jobs", ask, **{"Idempotency-Key": "k1"})
    assert again.json()["id"] == asked.json()["id"]
    other = {**ask, "input": {"phone": "000-0000"}}
    assert (
        regulator.send(
            "POST", "/capabilities/sample.pull/jobs", other, **{"Idempotency-Key": "k1"}
        ).status_code
        == 409
    )
    assert regulator.send("POST", "/jobs:claim").status_code == 204
    lease = platform.send("POST", "/jobs:claim").json()
    assert platform.send("POST", "/jobs:claim").status_code == 204
    path, held = f"/jobs/{lease['id']}", lease["token"]
    assert platform.send("POST", f"{path}:beat", {"progress": 0.5}, token=held).json() == {"cancel": False}
    assert platform.send("POST", f"{path}:beat", {}).status_code == 401, (
        "a machine's own token does not write results"
    )
    assert platform.send("PUT", f"{path}/result?fence=99", {"exists": True}, token=held).status_code == 409
    assert (
        platform.send("PUT", f"{path}/result?fence={lease['fence']}", {"no": 1}, token=held).status_code
        == 422
    )
    done = platform.send("PUT", f"{path}/result?fence={lease['fence']}", {"exists": True}, token=held)
    assert done.status_code == 200, done.content
    assert regulator.send("GET", path).json()["result"] == {"exists": True}
    assert regulator.send("GET", path).json()["ogc_status"] == "successful"


def test_refusals(
    machine: Callable[..., Machine], published: Callable[..., Capability], client: Client
) -> None:
    published("platform", **PULL)
    stranger = machine("logistics", "compliance")
    ask = {"input": {"phone": "000-1234"}, "purpose": "case"}
    assert client.get("/api/capabilities").status_code == 401
    assert stranger.send("GET", "/capabilities", token="nonsense").status_code == 401
    assert stranger.ask_token("wrong").status_code == 401
    assert stranger.send("POST", "/capabilities/sample.pull/jobs", ask).status_code == 403
    assert stranger.send("POST", "/capabilities/no.such/jobs", ask).status_code == 404
    assert stranger.send("POST", "/capabilities", descriptor()).status_code == 403


def test_cancel_and_publish(machine: Callable[..., Machine], published: Callable[..., Capability]) -> None:
    published("platform", **PULL)
    regulator = machine("market_regulator", "administrator")
    rule = {"rules": [{"effect": "permit", "capacities": ["administrator"]}]}
    assert regulator.send("POST", "/capabilities", descriptor(id="own.count", policy=rule)).status_code == 201
    ask = {"input": {"phone": "000-1234"}, "purpose": "case"}
    job = regulator.send("POST", "/capabilities/own.count/jobs", ask).json()
    assert (
        regulator.send("POST", f"/jobs/{job['id']}:cancel", {"reason": "样例"}).json()["state"] == "cancelled"
    )


def test_a_revoked_machine_is_refused_at_once(machine: Callable[..., Machine]) -> None:
    from joinder.office.people.models import ApiClient

    platform = machine("platform", "compliance")
    assert platform.send("GET", "/capabilities").status_code == 200
    people.revoke_api_client(actor=Actor.system(), client=ApiClient.objects.get(client_id=platform.client_id))
    assert platform.send("GET", "/capabilities").status_code == 401
