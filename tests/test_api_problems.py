"""From error to answer: every class of error has its status, and every answer says what to do."""

from __future__ import annotations

import pytest

from api.problems import not_as_described, status_of, trouble, unexpected
from records import errors


def every_error(base: type[errors.PostloanError] = errors.PostloanError) -> list[type[errors.PostloanError]]:
    return [base, *(kind for direct in base.__subclasses__() for kind in every_error(direct))]


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (errors.NotFound, 404),
        (errors.NotKept, 404),
        (errors.AlreadyThere, 409),
        (errors.Refused, 422),
        (errors.NotSignedIn, 401),
        (errors.NotAllowed, 403),
        (errors.TooLarge, 413),
        (errors.PasswordProtected, 422),
        (errors.BackendUnavailable, 503),
    ],
)
def test_the_class_of_an_error_decides_the_status(kind, status):
    assert status_of(kind) == status


@pytest.mark.parametrize("kind", every_error(), ids=lambda kind: kind.__name__)
def test_every_error_says_what_happened_to_what_and_what_to_do_in_both_languages(kind):
    document = trouble(kind("JJ-2024-001")).document("/v1/loans/JJ-2024-001")

    assert document["detail"] == "JJ-2024-001"
    assert document["title"] == f"{kind.says_zh} · {kind.says}"
    assert document["remedy"] == f"{kind.remedy_zh} · {kind.remedy}"
    assert document["instance"] == "/v1/loans/JJ-2024-001"
    assert document["type"] == f"/v1/problems/{kind.code}"


def test_who_is_not_signed_in_is_told_how():
    assert trouble(errors.NotSignedIn()).headers == {"WWW-Authenticate": 'Bearer realm="postloan"'}


def test_a_body_that_does_not_fit_is_told_place_by_place():
    problem = not_as_described([{"loc": ("body", "amount"), "msg": "send money as text"}])

    assert problem.document("/v1/loans")["errors"] == [{"where": "body.amount", "what": "send money as text"}]
    assert problem.status == 422


def test_a_mistake_of_ours_gives_a_reference_and_no_traceback():
    document = unexpected().document("/v1/search")

    assert document["reference"] in document["detail"]
    assert "Traceback" not in str(document)
