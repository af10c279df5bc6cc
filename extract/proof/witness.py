"""What the identities of a paper prove together when two of its values may be wrong at once.

The rule is that of the statements (``extract.proof.equations``): a value is proved when no other has the same part in all
equations that hold, for then no second misreading could hide the first. Two lines of one sum may be misread by the same amount or
change places, a line and its total may share a misread digit, two factors of a product may both lose their point: such values
support each other and stay ``consistent``.

An equation counts for a value only where it would catch any other figure in its place. A rounded product does not catch a
wrong last digit of its factors; they are not among its terms but what it leans on, and it proves nothing unless something
else vouches for them. What a product proves alone, because no two slips hide in it, is told by ``extract.proof.slips``. What an
accused value takes part in proves nothing, and a figure that was repaired to make one identity hold needs a second one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.grammar import Bearing, Reading, value_at
from extract.proof.equations import Equation, Signature, signatures, witnessed
from records.facts import Outcome, Printed


def weighed(reading: Reading, bearings: Sequence[Bearing]) -> list[Bearing]:
    """The bearings in their order, each with no more than what all of them together prove."""
    accused = {_key(reading, path) for b in bearings for path in b.accuses}
    counted = _counted(reading, bearings, accused)
    equations = [equation for bearing in counted for equation in _equations_of(reading, bearing, accused)]
    known, proved = signatures(equations), witnessed(equations)
    reading.supported = {path for b in counted for path in _paths(b) if _key(reading, path) in known}
    return [_weighed(reading, bearing, known, proved, accused) for bearing in counted]


def _counted(reading: Reading, bearings: Sequence[Bearing], accused: set[str]) -> list[Bearing]:
    """The bearings without the claims of those that need others: each figure that could hide a slip in the proved one has to
    stand in an equation where that one does not."""
    spoken: dict[str, list[set[str]]] = {}
    for bearing in bearings:
        for equation in () if bearing.needs else _equations_of(reading, bearing, accused):
            for path in equation.paths:
                spoken.setdefault(path, []).append(set(equation.paths))
    return [
        bearing
        if all(_spoken(reading, bearing, path, spoken) for path in bearing.needs)
        else replace(bearing, proves=())
        for bearing in bearings
    ]


def _spoken(reading: Reading, bearing: Bearing, path: str, spoken: dict[str, list[set[str]]]) -> bool:
    proved = {_key(reading, one) for one in bearing.proves}
    return any(not proved & equation for equation in spoken.get(_key(reading, path), ()))


def _weighed(
    reading: Reading, bearing: Bearing, known: dict[str, Signature], proved: set[str], accused: set[str]
) -> Bearing:
    if not bearing.proves:
        return bearing
    if not bearing.apart and _touches(reading, bearing, accused):
        return replace(bearing, proves=())
    if not {_key(reading, path) for path in bearing.leans} <= set(known):
        return replace(bearing, proves=())
    sure = tuple(path for path in bearing.proves if _is_sure(reading, path, known, proved - accused))
    return replace(bearing, proves=sure)


def _is_sure(reading: Reading, path: str, known: dict[str, Signature], proved: set[str]) -> bool:
    key, value = _key(reading, path), value_at(reading, path)
    repaired = value is not None and value.repaired is not None
    return value is not None and key in proved and (not repaired or len(known[key]) > 1)


def _equations_of(reading: Reading, bearing: Bearing, accused: set[str]) -> list[Equation]:
    """What a check that holds says, as equations between printed figures: one print read into two fields is one figure."""
    name = bearing.check.identity
    if bearing.check.state is not Outcome.HOLDS or not bearing.proves:
        return []
    if bearing.apart:
        keys = dict.fromkeys(_key(reading, path) for path in bearing.proves)
        return [Equation(name, ((key, 1),), True) for key in keys if key not in accused]
    if _touches(reading, bearing, accused):
        return []
    parts = [(path, sign) for path, sign in _terms(bearing) if _printed(reading, path)]
    terms = {_key(reading, path): sign for path, sign in parts}
    if len(terms) > 1 or len(parts) == 1:  # one print held against itself says nothing
        return [Equation(name, tuple(terms.items()), True)]
    return []


def _terms(bearing: Bearing) -> tuple[tuple[str, int], ...]:
    return bearing.terms or tuple((path, 0) for path in bearing.proves)


def _printed(reading: Reading, path: str) -> bool:
    return path.startswith("#") or value_at(reading, path) is not None


def _paths(bearing: Bearing) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*bearing.proves, *(path for path, _ in bearing.terms))))


def _touches(reading: Reading, bearing: Bearing, accused: set[str]) -> bool:
    return any(_key(reading, path) in accused for path in (*_paths(bearing), *bearing.leans, *bearing.needs))


def _key(reading: Reading, path: str) -> str:
    """The printed figure behind a path; terms that are no values of the reading (#1) stand for themselves."""
    field = None if path.startswith("#") else value_at(reading, path)
    source = field.source if field is not None else None
    if field is None or not isinstance(source, Printed) or (source.box is None and source.cell is None):
        return path
    return f"{source.page} {source.box} {source.cell} {source.raw} {field.value}"
