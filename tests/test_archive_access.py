"""Tokens: recognised while valid, never kept in clear."""

import pytest
import sqlalchemy as sa

from archive import tables
from archive.access import ROLES, Access
from archive.database import open_database
from records.errors import NotFound, Refused
from tests.archive_tools import fresh_database


@pytest.fixture
def access(tmp_path):
    engine = open_database(fresh_database(tmp_path))
    yield Access(engine)
    engine.dispose()


@pytest.mark.parametrize("role", ROLES)
def test_whoever_shows_a_token_is_known_by_name_and_role(access, role):
    secret = access.create("王某", role)

    person = access.who(secret)
    assert (person.name, person.role) == ("王某", role)


def test_a_wrong_token_is_nobody(access):
    secret = access.create("王某", "desk")

    assert access.who(secret[:-1]) is None
    assert access.who("") is None


def test_the_secret_itself_is_not_in_the_database(access):
    secret = access.create("王某", "desk")

    with access.engine.connect() as conn:
        assert secret not in str(conn.execute(sa.select(tables.token)).all())
    assert len(secret) > 40
    assert secret != access.create("王某", "desk")


def test_a_token_taken_back_opens_nothing(access):
    secret = access.create("王某", "desk")
    [token] = access.tokens()
    access.revoke(token.id)

    assert access.who(secret) is None
    assert access.tokens()[0].revoked_at is not None
    with pytest.raises(NotFound):
        access.revoke("t404")


def test_an_unknown_role_is_refused(access):
    with pytest.raises(Refused, match="known: admin"):
        access.create("王某", "king")
