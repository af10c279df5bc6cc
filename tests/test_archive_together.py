"""Writes that share a transaction: each has its own answer and its own error, after the commit."""

import threading

import pytest
import sqlalchemy as sa

from archive import feed
from archive.database import open_database
from archive.together import Together
from tests.archive_tools import DATABASES, empty_database


@pytest.fixture(params=DATABASES)
def together(request, tmp_path):
    engine = open_database(empty_database(request.param, tmp_path))
    yield Together(engine)
    engine.dispose()


def test_many_at_once_each_get_their_own_answer_or_error(together):
    answers, errors = {}, {}

    def one(number):
        def work(conn):
            seq = feed.append(conn, "document.received", {"number": number}, {})
            if number % 5 == 0:
                raise ValueError(number)
            return seq

        try:
            answers[number] = together.write(work)
        except ValueError as problem:
            errors[number] = problem.args[0]

    threads = [threading.Thread(target=one, args=(number,)) for number in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert errors == {number: number for number in range(0, 40, 5)}
    with together.engine.connect() as conn:
        written = {item.subject["number"]: item.seq for item in feed.read(conn, 0, 100)}
    assert written == answers
    assert sorted(written.values()) == list(range(1, 33)), "what failed leaves no gap"


def test_an_answer_comes_after_the_commit(together):
    together.write(lambda conn: feed.append(conn, "document.received", {}, {}))

    with together.engine.connect() as conn:
        assert feed.last(conn) == 1


def test_a_database_that_is_gone_is_everybodys_error(together, tmp_path):
    broken = Together(sa.create_engine(f"sqlite:///{tmp_path}/no/such/folder.db"))

    with pytest.raises(sa.exc.OperationalError):
        broken.write(lambda conn: 1)
