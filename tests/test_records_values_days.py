"""Days, months, periods and times: every form of documents.md §0.3, and no day the calendar does not have."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.facts import Month, Period
from records.values.days import clock, day, month, period

CHARACTERS = "〇一二三四五六七八九"


def in_characters(number: int) -> str:
    """A month or day as 三十一."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else CHARACTERS[tens] + "十") + (CHARACTERS[ones] if ones else "")


def year_in_characters(year: int) -> str:
    return "".join(CHARACTERS[int(figure)] for figure in str(year))


ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
FORMS = {
    "2024年3月5日": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "2024年03月05日": lambda d: f"{d:%Y}年{d:%m}月{d:%d}日",
    "2024 年 3 月 5 日": lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    "2024-03-05": lambda d: d.isoformat(),
    "20240305": lambda d: f"{d:%Y%m%d}",
    "2024/3/5": lambda d: f"{d.year}/{d.month}/{d.day}",
    "2024.03.05": lambda d: f"{d:%Y.%m.%d}",
    "full width": lambda d: d.isoformat().translate(str.maketrans("0123456789-", "０１２３４５６７８９－")),
    "二〇二四年三月五日": lambda d: f"{year_in_characters(d.year)}年{in_characters(d.month)}月{in_characters(d.day)}日",
    "二0二四年三月五日": lambda d: (
        f"{year_in_characters(d.year).replace('〇', '0')}年{in_characters(d.month)}月{in_characters(d.day)}日"
    ),
    "10 Jan 2020": lambda d: f"{d.day} {ENGLISH[d.month - 1]} {d.year}",
    "Jan 10, 2020": lambda d: f"{ENGLISH[d.month - 1]} {d.day}, {d.year}",
    "2024-03-05 09:30:15": lambda d: f"{d} 09:30:15",
    "20240305 093015": lambda d: f"{d:%Y%m%d} 093015",
    "2024-03-05T09:30": lambda d: f"{d}T09:30",
    "2024-03-0509:30:15": lambda d: f"{d}09:30:15",
    "2024-03-05-09.30.15.123456": lambda d: f"{d}-09.30.15.123456",
    "with its weekday": lambda d: f"{d.year}年{d.month}月{d.day}日 星期{'一二三四五六日'[d.weekday()]}",
}
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize("form", FORMS)
@given(printed=DAYS)
def test_a_day_printed_in_any_form_is_read_as_that_day(form, printed):
    assert day(FORMS[form](printed)) == printed


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)))
def test_a_year_of_two_figures_lies_between_1970_and_2069(printed):
    assert day(f"{printed:%y-%m-%d}") == day(f"{printed:%y}年{printed.month}月{printed.day}日") == printed


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("24-03-05", date(2024, 3, 5)),
        ("二零二四年十二月三十一日", date(2024, 12, 31)),
        ("二OO八年八月八日", date(2008, 8, 8)),
        ("贰零贰肆年零叁月壹拾伍日", date(2024, 3, 15)),
        ("二〇二四年三月廿一日", date(2024, 3, 21)),
        ("2024年2月29日", date(2024, 2, 29)),
        ("2024年3月5号", date(2024, 3, 5)),
        ("（2024-03-05）", date(2024, 3, 5)),
        ("2024年3月5日。", date(2024, 3, 5)),
        ("2024年7月2日9时0分", date(2024, 7, 2)),
        ("1st February 2020", date(2020, 2, 1)),
        ("10-Jan-2020", date(2020, 1, 10)),
        ("10 Jan 20", date(2020, 1, 10)),
        ("Fri, 10 January 2020", date(2020, 1, 10)),
    ],
)
def test_other_forms_of_a_day(printed, read):
    assert day(printed) == read


@pytest.mark.parametrize(
    "printed",
    [
        "2024年2月30日",
        "2023年2月29日",
        "2024-13-01",
        "2024-00-10",
        "20240230",
        "20241301",
        "2024-03/05",  # separators disagree
        "2024年3月5",  # cut off, perhaps
        "3月5日",  # no year
        "2024年3月",
        "2024-03",
        "10/01/2020",  # January or October
        "24-3-5",
        "1-2-3",
        "9999-12-31",
        "1066年3月5日",
        "2024-O3-05",
        "2024年3月5日 星期三",  # it was a Tuesday
        "2024-03-05 25:00",
        "2024-3-119:30:00",  # the 1st or the 11th
        "2024-03-05至2024-03-06",
        "202403051",
        "2024030509",
        "1,234.56",
        "日期",
        "年月日",
        "",
    ],
)
def test_a_day_that_is_not_clear_or_not_in_the_calendar_is_refused(printed):
    assert day(printed) is None


@given(st.integers(1900, 2199), st.integers(0, 13), st.integers(0, 32))
def test_an_impossible_day_is_never_rolled_over(year, number, of_month):
    try:
        expected = date(year, number, of_month)
    except ValueError:
        expected = None

    assert day(f"{year}-{number:02d}-{of_month:02d}") == expected
    assert day(f"{year}{number:02d}{of_month:02d}") == expected
    assert day(f"{year}年{number}月{of_month}日") == expected


# --- time of day -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("09:30", "09:30:00"),
        ("9:30", "09:30:00"),
        ("09:30:15", "09:30:15"),
        ("０９：３０：１５", "09:30:15"),
        ("090001", "09:00:01"),
        ("09.30.15", "09:30:15"),
        ("9时0分", "09:00:00"),
        ("下午3时30分", "15:30:00"),
        ("2024-06-18 09:30", "09:30:00"),
        ("20240618093000", "09:30:00"),
        ("2024-06-18-09.30.15.123456", "09:30:15"),
        ("2024年7月2日9时0分", "09:00:00"),
    ],
)
def test_a_time_of_day(printed, read):
    assert clock(printed) == read


@pytest.mark.parametrize(
    "printed",
    [
        "24:00",
        "9:3",
        "09:60",
        "93000",
        "246060",
        "20240618",
        "2024-06-18",
        "2024-02-30 09:30",
        "上午13时",
        "9",
        "09-30",
        "时",
        "",
    ],
)
def test_what_is_no_time_of_day_is_refused(printed):
    assert clock(printed) is None


@given(st.times().map(lambda moment: moment.replace(microsecond=0)), DAYS)
def test_a_time_beside_a_day_is_read_with_it(moment, printed):
    for text in (f"{printed} {moment}", f"{printed:%Y%m%d}{moment:%H%M%S}", f"{printed}T{moment}"):
        assert (day(text), clock(text)) == (printed, str(moment))
    assert time.fromisoformat(clock(f"{moment:%H%M%S}") or "") == moment
    assert datetime.fromisoformat(f"{day(text)}T{clock(text)}") == datetime.combine(printed, moment)


# --- months ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "printed",
    [
        "2024年05月",
        "2024年5月",
        "2024年5月份",
        "24年5月",
        "2024-05",
        "2024/5",
        "2024.05",
        "202405",
        "二〇二四年五月",
        "May 2024",
        "20240501-20240531",
        "2024-05-01至2024-05-31",
        "2024年5月1日至31日",
    ],
)
def test_a_month(printed):
    assert month(printed) == Month(2024, 5)


@pytest.mark.parametrize(
    "printed",
    [
        "2024.5",
        "2024-13",
        "202413",
        "2024年0月",
        "2024",
        "5月",
        "2024-05-01",
        "2024年1-3月",
        "20240501-20240530",
        "9999-12",
        "五月",
        "",
    ],
)
def test_what_is_not_one_month_is_refused(printed):
    assert month(printed) is None


# --- periods ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("printed", "start", "end"),
    [
        ("20240501-20240531", "2024-05-01", "2024-05-31"),
        ("2024.01.01－2024.03.31", "2024-01-01", "2024-03-31"),
        ("2024-01-01至2024-03-31", "2024-01-01", "2024-03-31"),
        ("2024-01-01 至 2024-03-31", "2024-01-01", "2024-03-31"),
        ("2024/01/01—2024/03/31", "2024-01-01", "2024-03-31"),
        ("2024-01-01 ～ 2024-03-31", "2024-01-01", "2024-03-31"),
        ("2024-01-01-2024-03-31", "2024-01-01", "2024-03-31"),
        ("2024-01-01 00:00:00 至 2024-03-31 23:59:59", "2024-01-01", "2024-03-31"),
        ("税款所属期：2024-01-01至2024-03-31", "2024-01-01", "2024-03-31"),
        ("自2024年1月1日起至2024年3月31日止", "2024-01-01", "2024-03-31"),
        ("自 2024 年 1 月 1 日 至 2024 年 3 月 31 日", "2024-01-01", "2024-03-31"),
        ("二〇二四年一月一日至二〇二四年三月三十一日", "2024-01-01", "2024-03-31"),
        ("2024-05-01~05-31", "2024-05-01", "2024-05-31"),
        ("2024年1月1日至3月31日", "2024-01-01", "2024-03-31"),
        ("2024年1月1日-31日", "2024-01-01", "2024-01-31"),
        ("2024年1-3月", "2024-01-01", "2024-03-31"),
        ("2024年1—6月", "2024-01-01", "2024-06-30"),
        ("2024年1月至3月", "2024-01-01", "2024-03-31"),
        ("2024年1月至2024年3月", "2024-01-01", "2024-03-31"),
        ("二〇二四年一月至三月", "2024-01-01", "2024-03-31"),
        ("202401-202403", "2024-01-01", "2024-03-31"),
        ("2024-01至2024-03", "2024-01-01", "2024-03-31"),
        ("2023年12月至2024年2月", "2023-12-01", "2024-02-29"),
        ("2024Q1", "2024-01-01", "2024-03-31"),
        ("2024年Q4", "2024-10-01", "2024-12-31"),
        ("Q2 2024", "2024-04-01", "2024-06-30"),
        ("2024年第一季度", "2024-01-01", "2024-03-31"),
        ("2024年三季度", "2024-07-01", "2024-09-30"),
        ("2024年1-3季度", "2024-01-01", "2024-09-30"),
        ("2024年前三季度", "2024-01-01", "2024-09-30"),
        ("2024年上半年", "2024-01-01", "2024-06-30"),
        ("2024年下半年", "2024-07-01", "2024-12-31"),
        ("2024年度", "2024-01-01", "2024-12-31"),
        ("2024年2月", "2024-02-01", "2024-02-29"),
        ("11 June to 10 July 2019", "2019-06-11", "2019-07-10"),
        ("11 December 2019 to 10 January 2020", "2019-12-11", "2020-01-10"),
        ("起始时间：[2024-01-01 00:00:00]    终止时间：[2024-03-31 23:59:59]", "2024-01-01", "2024-03-31"),
        ("起始日期:20240101 截止日期:20240331", "2024-01-01", "2024-03-31"),
        ("2024.01.01———2024.03.31", "2024-01-01", "2024-03-31"),
        ("1 Jan 2020 - 31 Jan 2020", "2020-01-01", "2020-01-31"),
    ],
)
def test_a_period(printed, start, end):
    assert str(period(printed)) == f"{start} ~ {end}"


@pytest.mark.parametrize(
    "printed",
    [
        "2024-03-31至2024-01-01",  # the wrong way round
        "2024年3-1月",
        "2024年3月至1月",
        "2024年12月-2月",
        "202403-202401",
        "2024年4-2季度",
        "11 December to 10 January 2020",
        "2024-02-01至2024-02-30",
        "2024年第五季度",
        "2024Q5",
        "2024年1-13月",
        "2024-01-03",
        "2024年3月31日",
        "2024-01-01-05",
        "2024",
        "1-3月",
        "至",
        "9999年",
        "2024-01-01至",
        "起始日期:20240331 截止日期:20240101",
        "起始日期:20240101 截止日期:",
        "2024-01-01 2024-03-31",  # nothing says that these belong together
        "",
    ],
)
def test_a_period_that_is_not_clear_or_runs_backwards_is_refused(printed):
    assert period(printed) is None


SPANS = {
    "20240501-20240531": lambda a, b: f"{a:%Y%m%d}-{b:%Y%m%d}",
    "2024.01.01－2024.03.31": lambda a, b: f"{a:%Y.%m.%d}－{b:%Y.%m.%d}",
    "2024-01-01至2024-03-31": lambda a, b: f"{a}至{b}",
    "2024-01-01-2024-03-31": lambda a, b: f"{a}-{b}",
    "自2024年1月1日起至2024年3月31日止": lambda a, b: (
        f"自{a.year}年{a.month}月{a.day}日起至{b.year}年{b.month}月{b.day}日止"
    ),
    "2024/1/1 ~ 2024/3/31": lambda a, b: f"{a.year}/{a.month}/{a.day} ~ {b.year}/{b.month}/{b.day}",
}


@pytest.mark.parametrize("form", SPANS)
@given(start=st.dates(date(1950, 1, 1), date(2100, 1, 1)), days=st.integers(-400, 4000))
def test_a_period_printed_in_any_form_is_read_or_refused_when_backwards(form, start, days):
    end = start + timedelta(days)

    assert period(SPANS[form](start, end)) == (Period(start, end) if days >= 0 else None)


@given(st.integers(1900, 2199), st.integers(1, 12), st.integers(1, 12))
def test_months_of_one_year(year, first, last):
    expected = None
    if first <= last:
        following = Month(year, last).plus(1) if (year, last) != (2199, 12) else Month(2200, 1)
        expected = Period(date(year, first, 1), date(following.year, following.month, 1) - timedelta(1))

    assert period(f"{year}年{first}-{last}月") == period(f"{year}年{first:02d}月至{year}年{last:02d}月") == expected


CONFUSING = st.text(alphabet="0123456789-/.年月日至起自止~ :第季度QJan二〇零十廿一时分上下午", max_size=28)


@given(st.one_of(st.text(max_size=90), CONFUSING))
def test_no_text_ever_raises_and_what_is_read_is_possible(text):
    read, span, one, moment = day(text), period(text), month(text), clock(text)

    assert read is None or 1900 <= read.year < 2200
    assert span is None or span.start <= span.end
    assert one is None or 1 <= one.month <= 12
    assert moment is None or time.fromisoformat(moment)


@given(st.text().filter(lambda text: not any(c.isdigit() or c.isnumeric() for c in text)))
def test_a_text_without_figures_is_no_day(text):
    assert day(text) is month(text) is period(text) is clock(text) is None
