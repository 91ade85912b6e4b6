"""A service that is slow, busy, broken or cut short is asked again, and then named in a sentence."""

from __future__ import annotations

import time

import pytest

from fourpillars.observations.services import client as module
from fourpillars.observations.services.client import ServiceError, secret

FAULTS = {
    "busy": ({"status": 429, "headers": {"Retry-After": "0"}, "body": b""}, "status 429"),
    "broken": ({"status": 500, "body": b"oops"}, "status 500"),
    "away": ({"status": 503, "body": b""}, "status 503"),
    "slow": ({"delay": 1.0, "body": b"{}"}, "no answer within 0.5 s"),
    "cut short": ({"cut": True, "body": b'{"a": 1'}, "did not answer after 3 attempts"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_passes_does_no_harm(server, client, fault):
    answer, _ = FAULTS[fault]
    url = server.will(answer, answer, {"body": {"a": 1}})
    assert client(timeout=0.5).get_json(url) == {"a": 1}
    assert len(server.asked) == 3


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_that_stays_is_named(server, client, fault):
    answer, named = FAULTS[fault]
    url = server.will(answer)
    with pytest.raises(ServiceError, match=named):
        client(timeout=0.5).get(url)
    assert len(server.asked) == 3


def test_a_refusal_is_not_asked_again(server, client):
    url = server.will({"status": 403, "body": b""})
    with pytest.raises(ServiceError, match="status 403"):
        client().get(url)
    assert len(server.asked) == 1


def test_what_is_no_json_is_named_and_not_kept(server, client):
    url = server.will({"body": b"<html>maintenance</html>"}, {"body": {"a": 1}})
    asks = client()
    with pytest.raises(ServiceError, match="other than JSON: '<html>"):
        asks.get_json(url)
    assert asks.get_json(url) == {"a": 1}


def test_an_answer_is_taken_from_the_cache_while_it_is_fresh(server, client):
    url = server.will({"body": [1]}, {"body": [2]})
    assert [client().get_json(url), client().get_json(url), client(fresh=0).get_json(url)] == [[1], [1], [2]]
    assert len(server.asked) == 2


def test_questions_to_one_host_keep_their_distance(server, client):
    url = server.will({"body": []})
    asks = client(interval=0.15, cache=None)
    began = time.monotonic()
    for _ in range(3):
        asks.get(url)
    assert time.monotonic() - began >= 0.3


def test_an_answer_without_end_is_refused(server, client, monkeypatch):
    monkeypatch.setattr(module, "MOST_BYTES", 1000)
    with pytest.raises(ServiceError, match="answers with over"):
        client().get(server.will({"body": bytes(5000)}))


def test_an_address_nobody_answers_at_is_named(client):
    with pytest.raises(ServiceError, match=r"127\.0\.0\.1 did not answer"):
        client().get("http://127.0.0.1:9")
    with pytest.raises(ServiceError, match=r"cannot be asked|did not answer"):
        client().get("nonsense://x")


def test_a_secret_comes_from_the_environment_and_reaches_no_message_or_file(server, client, monkeypatch, tmp_path):
    monkeypatch.delenv("A_KEY", raising=False)
    with pytest.raises(ServiceError, match="A_KEY is not set"):
        secret("A_KEY")
    monkeypatch.setenv("A_KEY", "s3cret-word")
    url = server.will(
        {"status": 500, "body": b""}, {"status": 500, "body": b""}, {"status": 500, "body": b""}, {"body": []}
    )
    with pytest.raises(ServiceError) as refused:
        client().get(url, {"key": secret("A_KEY")}, {"X-Key": secret("A_KEY")})
    client().get(url, {"key": secret("A_KEY")})
    kept = [path.name.encode() + path.read_bytes() for path in (tmp_path / "cache").iterdir()]
    assert kept
    assert not any(b"s3cret-word" in one for one in [*kept, str(refused.value).encode()])
