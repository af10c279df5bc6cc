"""Which values an equation would catch if they were wrong: the measure of every proof.

Every identity of a statement is linear (for those of other papers see ``extract.proof.witness``): a sum of printed values, each
taken once with a sign, is zero. A value takes part in some of the equations that hold; that set with its signs is its
*signature*. An error in one value disturbs exactly the
equations of its signature. Two errors go unnoticed only where they disturb the same equations by the same sums, that is where
the two values have the same signature. Hence the rule:

* a value that no equation holds is proved by nothing;
* a value whose signature another value shares is supported but not proved: ``amount`` and ``balance`` of a last row could both be
  misread by the same sum (800.00 as 300.00 and 1,800.00 as 1,300.00), and so could two rows between two printed balances;
* a value with a signature of its own is proved: three misreadings at least would have to agree to the cent.

Where a link of the chain is broken, something in it is wrong; nothing in it is proved, not even what is left once one value
is singled out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Equation:
    """Values by their paths, each with its sign, that add up to zero; or that should. Sign 0: not by a plain sum (a factor)."""

    name: str
    terms: tuple[tuple[str, int], ...]
    holds: bool

    @property
    def paths(self) -> tuple[str, ...]:
        return tuple(path for path, _ in self.terms)


Signature = tuple[tuple[int, Fraction], ...]


def signatures(equations: Iterable[Equation]) -> dict[str, Signature]:
    """Each value's part in the equations that hold, up to a common factor."""
    parts: dict[str, list[tuple[int, int]]] = {}
    for index, equation in enumerate(equations):
        if equation.holds:
            for path, sign in equation.terms:
                parts.setdefault(path, []).append((index, sign))
    return {path: _turned(part) for path, part in parts.items()}


def _turned(part: Sequence[tuple[int, int]]) -> Signature:
    first = next((sign for _, sign in part if sign), 1)
    return tuple((index, Fraction(sign, first)) for index, sign in part)


def witnessed(equations: Iterable[Equation]) -> set[str]:
    """The values that these equations prove: nothing else could be wrong in their stead, and no second error hide them."""
    known = signatures(equations)
    shared = Counter(known.values())
    return {path for path, signature in known.items() if shared[signature] == 1}


def without(equations: Sequence[Equation], unknown: Iterable[str]) -> list[Equation]:
    """What the equations still say when these values are not known: each is worked out of one and put into the others.

    A figure that was replaced to make two sums hold is no witness for either: where two amounts are misread by as much, the right
    balance between them would be replaced, and both would seem right. What is left is the sum over both.
    """
    left = list(equations)
    for path in sorted(unknown):
        mine = [equation for equation in left if equation.holds and path in equation.paths]
        left = [equation for equation in left if not (equation.holds and path in equation.paths)]
        pivot = min(
            (e for e in mine if abs(dict(e.terms)[path]) == 1 and all(sign for _, sign in e.terms)),
            key=lambda equation: len(equation.terms),
            default=None,
        )
        left += [_minus(equation, pivot, path) for equation in mine if pivot is not None and equation is not pivot]
    return left


def _minus(equation: Equation, pivot: Equation, path: str) -> Equation:
    """The equation with this value replaced by what the other one says of it."""
    terms, other = dict(equation.terms), dict(pivot.terms)
    times = terms[path] * other[path]
    for name, sign in other.items():
        terms[name] = terms.get(name, 0) - times * sign
    return replace(equation, terms=tuple((name, sign) for name, sign in terms.items() if sign))
