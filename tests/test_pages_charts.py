"""Charts drawn by the server: no scripts, no styles, gaps stay gaps."""

import re
import xml.etree.ElementTree as ElementTree
from decimal import Decimal

from api.charts import Point, bars, proof_bar, spark


def points(*values):
    return [Point(f"2026-{n:02d}", None if value is None else Decimal(value)) for n, value in enumerate(values, 1)]


def test_a_proof_bar_shows_every_state_and_says_so():
    drawn = str(proof_bar({"verified": 61, "conflict": 2, "low_confidence": 1, "events": 9}, "已证实 61"))

    assert 'aria-label="已证实 61"' in drawn
    assert [element.get("class") for element in ElementTree.fromstring(drawn)] == ["ok", "clash", "dim"]


def test_a_gap_in_a_series_is_left_open_and_never_drawn_as_zero():
    drawn = str(spark(points(3, 4, None, 2, 1)))

    lines = [path for path in re.findall(r' d="([^"]+)"', drawn) if not path.endswith("Z")]
    assert lines[0].count("M") == 2


def test_a_single_figure_is_a_stroke_and_none_is_nothing():
    assert "L" in str(spark(points(5)))
    assert str(spark(points(None))) == ""


def test_bars_start_at_zero_and_a_missing_month_is_a_dashed_frame():
    drawn = ElementTree.fromstring(str(bars(points(100, None, -50), "用电量")))

    heights = {rect.get("class"): float(rect.get("height")) for rect in drawn.iter("rect")}
    assert heights["no"] == 24
    tall = [float(rect.get("height")) for rect in drawn.iter("rect") if rect.get("class") == "b"]
    assert tall == [80.0, 40.0]
    assert drawn.get("aria-label") == "用电量"


def test_what_is_said_is_escaped():
    assert "&lt;b&gt;" in str(bars(points(1), "<b>"))
