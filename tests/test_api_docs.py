"""The description of the API is complete, and its page needs no internet."""

from __future__ import annotations

import re
from pathlib import Path

from api.app import STATIC
from api.guard import HEADERS

METHODS = {"get", "post", "put", "patch", "delete"}


def test_every_call_has_a_summary_and_an_example_of_its_answer(door):
    description = door.client.get("/openapi.json").json()

    bare = []
    for path, calls in description["paths"].items():
        for method, call in calls.items():
            good = [answer for status, answer in call["responses"].items() if status.startswith("2")]
            shown = [media for answer in good for media in answer.get("content", {}).values() if "example" in media]
            if not call.get("summary") or not shown:
                bare.append(f"{method} {path}")
    assert bare == []


def test_every_body_has_an_example(door):
    description = door.client.get("/openapi.json").json()

    bodies = [
        schema
        for calls in description["paths"].values()
        for call in calls.values()
        for schema in [call.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")]
        if schema
    ]
    names = set(re.findall(r"#/components/schemas/(\w+)", str(bodies)))
    assert len(names) >= 7
    assert [name for name in names if not description["components"]["schemas"][name].get("examples")] == []


def test_every_mutating_call_may_carry_an_idempotency_key(door):
    description = door.client.get("/openapi.json").json()

    for path, calls in description["paths"].items():
        for method, call in calls.items():
            names = {parameter["name"] for parameter in call.get("parameters", [])}
            assert ("Idempotency-Key" in names) == (method in METHODS - {"get"}), f"{method} {path}"


def test_the_calls_of_the_contract_are_there(door):
    paths = set(door.client.get("/openapi.json").json()["paths"])

    assert {
        "/v1/customers", "/v1/customers/{no}", "/v1/loans", "/v1/loans/{no}", "/v1/documents", "/v1/documents/{id}",
        "/v1/documents/{id}/reading", "/v1/documents/{id}/original", "/v1/documents/{id}/pages/{n}.png",
        "/v1/documents/{id}/text", "/v1/documents/{id}/links", "/v1/unlinked", "/v1/documents/{id}/reread",
        "/v1/documents/{id}/cancel", "/v1/loans/{no}/archive", "/v1/loans/{no}/timeline", "/v1/loans/{no}/indicators",
        "/v1/loans/{no}/events", "/v1/loans/{no}/entries", "/v1/search", "/v1/events", "/v1/events/{id}", "/v1/feed",
        "/healthz", "/readyz", "/metrics",
    } <= paths  # fmt: skip


def test_the_page_of_the_description_comes_from_this_machine_alone(door):
    page = door.client.get("/docs")

    addresses = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert addresses
    assert all(address.startswith("/static/") for address in addresses)
    assert not re.search(r"<script>|<script [^>]*>[^<]", page.text)
    assert "default-src 'self'" in page.headers["content-security-policy"]
    for address in addresses:
        assert (Path(STATIC) / address.removeprefix("/static/")).exists(), "run make assets"
        answer = door.client.get(address)
        assert answer.status_code == 200
        assert "max-age" in answer.headers["cache-control"] or answer.headers["cache-control"] == "no-cache"


def test_every_answer_carries_the_headers_of_the_house(door):
    for path in ("/healthz", "/v1/feed", "/v1/nowhere"):
        answer = door.client.get(path)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert answer.headers["cache-control"] == "no-store"


def test_what_the_framework_refuses_is_a_problem_document_too(door):
    for answer, status, code in (
        (door.client.get("/v1/nowhere"), 404, "not_found"),
        (door.client.delete("/v1/documents"), 405, "method_not_allowed"),
        (door.client.post("/v1/customers", content=b"{", headers={"Content-Type": "application/json"}), 422, "invalid"),
    ):
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        body = answer.json()
        assert body["code"] == code
        assert {"type", "title", "status", "detail", "instance", "remedy"} <= set(body)


def test_the_type_of_a_problem_leads_somewhere(door):
    problem = door.client.get("/v1/documents/d404").json()

    assert door.client.get(problem["type"]).json()["title"] == problem["title"]


def test_prometheus_gets_figures_it_can_read(door):
    door.client.get("/v1/loans/JJ-404")

    text = door.client.get("/metrics").text

    assert 'postloan_http_requests_total{method="GET",route="/v1/loans/{no}",status="404"} 1' in text
    assert "JJ-404" not in text
    assert 'postloan_http_request_seconds_bucket{method="GET",route="/v1/loans/{no}",le="+Inf"} 1' in text
    assert "postloan_feed_seq 0" in text
    for line in text.splitlines():
        assert re.fullmatch(r"# (HELP|TYPE) .+|[a-z_]+(\{.*\})? -?[0-9.]+", line), line
