"""Nobody is let in without a token, and everybody only where the role leads."""

from __future__ import annotations

import pytest
from fastapi.routing import APIRoute
from starlette.requests import HTTPConnection

from api.access import csrf_token, first_admin, own_token

PATHS = {
    "/v1/documents": "GET", "/v1/unlinked": "GET", "/v1/customers": "GET", "/v1/loans": "GET", "/v1/events": "GET",
    "/v1/search": "GET", "/v1/feed": "GET", "/metrics": "GET", "/docs": "GET", "/openapi.json": "GET",
}  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_without_a_token_there_is_nothing_but_health(door, path):
    answer = door.client.get(path, headers={"Authorization": ""})

    assert answer.status_code == 401
    assert answer.json()["code"] == "not_signed_in"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_no_route_of_the_api_forgot_to_ask_who_is_calling(door):
    """Every route but these few depends on a person; a new one that forgets fails here."""
    open_to_all = {"/healthz", "/readyz", "/signin", "/signout"}

    def asks(route: APIRoute) -> bool:
        pending = list(route.dependant.dependencies)
        while pending:
            one = pending.pop()
            if getattr(one.call, "__name__", "") == "person":
                return True
            pending += one.dependencies
        return False

    forgot = {
        route.path
        for route in _routes(door.client.app)
        if isinstance(route, APIRoute) and route.path not in open_to_all and not asks(route)
    }
    assert forgot == set()


def _routes(app):
    found = []
    pending = list(app.router.routes)
    while pending:
        route = pending.pop()
        inside = getattr(route, "original_router", None) or getattr(route, "router", None)
        if inside is not None and not isinstance(route, APIRoute):
            pending += inside.routes
        else:
            found.append(route)
    return found


def test_health_is_open_and_says_nothing_else(door):
    assert door.client.get("/healthz", headers={"Authorization": ""}).json() == {"status": "alive"}
    assert door.client.get("/readyz", headers={"Authorization": ""}).json() == {"status": "ready"}


def test_ready_names_its_parts_to_those_who_may_know(door):
    parts = door.client.get("/readyz").json()["parts"]

    assert parts == {"database": "ready", "originals": "ready", "index": "ready", "workers": "0 alive"}


@pytest.mark.parametrize(
    ("role", "may_read", "may_write"),
    [("admin", 200, 201), ("desk", 200, 201), ("auditor", 200, 403), ("monitor", 403, 403)],
)
def test_a_role_opens_its_own_doors_only(door, role, may_read, may_write):
    headers = door.as_role(role)

    assert door.client.get("/v1/customers", headers=headers).status_code == may_read
    body = {"customer_no": "C1", "kind": "company", "name": "临屿机械"}
    assert door.client.post("/v1/customers", json=body, headers=headers).status_code == may_write
    assert door.client.get("/v1/feed", headers=headers).status_code == 200
    assert door.client.get("/v1/search", headers=headers).status_code == 200


def test_a_token_taken_back_opens_nothing(door):
    headers = door.as_role("desk")
    door.house.access.revoke(door.house.access.tokens()[-1].id)

    assert door.client.get("/v1/documents", headers=headers).status_code == 401


def test_the_sign_in_link_becomes_a_cookie_no_script_can_read(door):
    secret = door.house.access.create("浏览器", "desk")
    answer = door.client.get(
        f"/signin?token={secret}&next=/docs", headers={"Authorization": ""}, follow_redirects=False
    )

    assert answer.status_code == 303
    assert answer.headers["location"] == "/docs"
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


def test_a_browser_must_prove_that_the_form_was_ours(door):
    secret = door.house.access.create("浏览器", "desk")
    browser = {"Authorization": "", "Cookie": f"postloan={secret}"}
    body = {"customer_no": "C1", "kind": "company", "name": "临屿机械"}

    seen = HTTPConnection({"type": "http", "headers": [(b"cookie", f"postloan={secret}".encode())]})
    forged = door.client.post("/v1/customers", json=body, headers=browser)
    honest = door.client.post("/v1/customers", json=body, headers=browser | {"X-CSRF-Token": csrf_token(seen)})

    assert forged.status_code == 403
    assert honest.status_code == 201


def test_the_first_start_on_loopback_gives_the_administrator_a_link_once(tmp_path):
    from api.settings import Settings
    from api.wiring import open_house
    from archive.database import migrate

    settings = Settings(data=tmp_path / "data")
    house = open_house(settings)
    migrate(house.engine, settings.database_address)

    link = first_admin(house.access, settings)
    assert link is not None
    secret = link.partition("token=")[2]
    assert house.access.who(secret).role == "admin"
    assert own_token(settings) == secret
    assert (settings.data / "admin-token").stat().st_mode & 0o077 == 0
    assert first_admin(house.access, settings) is None
    house.close()


def test_nobody_gets_a_link_when_others_can_reach_the_service(tmp_path):
    from api.settings import Settings
    from api.wiring import open_house
    from archive.database import migrate

    settings = Settings(data=tmp_path / "data", host="0.0.0.0")
    house = open_house(settings)
    migrate(house.engine, settings.database_address)

    assert first_admin(house.access, settings) is None
    assert house.access.tokens() == []
    house.close()
