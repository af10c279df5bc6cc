"""Where two columns part whose words leave less white than a letter: in their own white, whatever stands in the column before."""

from __future__ import annotations

from extract.tables.headers import Head
from extract.tables.parting import _white
from records.document import Box

#: Amount, balance, name: as on a scan whose balances end where the names begin, and whose heads stand in the middle.
HEADS = [Head(Box(x0, 0.13, x1, 0.15), ("",)) for x0, x1 in ((0.511, 0.565), (0.612, 0.627), (0.706, 0.736))]
OWNERS = [((0.534, 0.578), (0, 0)), ((0.618, 0.764), (1, 2))]
AMOUNT, BALANCES, NAME = (0.546, 0.576), ((0.618, 0.657), (0.6205, 0.6565)), (0.662, 0.764)


def test_the_words_of_the_column_before_do_not_move_the_border() -> None:
    told = [[AMOUNT, BALANCES[number % 2], NAME] for number in range(6)]
    bare = [[AMOUNT, BALANCES[1]] for _ in range(4)]  # rows without a name

    assert 0.657 < _white(OWNERS, 1, [*told, *bare], HEADS, 0.667) < 0.662
