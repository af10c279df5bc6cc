"""Forms before prose: 是否X：否, X：无, X（有，1处）, ☑ and □, 0 笔. A ticked box or an answer beats every word around it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from extract.notes.clauses import Sentence
from extract.notes.squeeze import Squeezed

_BOX = re.compile(r"[☑√■●□○◯]|\[[xX√ ]?\]|\([√]\)")
_BOXED = frozenset("☑√■●□○◯[")  #: no box is drawn without one of them
_CHOSEN = ("☑", "√", "■", "●", "[x]", "[X]", "[√]", "(√)")
_NO = r"未查询到|未查到|查无|无记录|无异常|无此情况|没有|未发现|未涉及|不涉及|暂无|不存在|不适用|未见|否|无|零|未|-+|/|正常"
_YES = r"是|有|存在|异常"
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_UNIT = r"(?:笔|次|期|件|条|元|万元|天|日|户|个|项|起|宗|处|张)?"
_ANSWER = re.compile(rf"(?P<no>{_NO})|(?P<yes>{_YES})|(?:共计?|合计|累计)?(?P<number>{_NUMBER}){_UNIT}")
_PURE = re.compile(rf"\s*(?:(?P<no>{_NO})|(?P<yes>{_YES}))")
_SUFFIX = (
    r"(?:(?:的)?(?:情况|记录|信息|情形|现象|事项|核查|查询|排查|检查|结果|状态|天数|金额|次数|期数|笔数|件数|条数|户数|账户数|总额|余额"
    r"|本金|利息|史|行为|与否|等|及|或|和|、){0,3})"
)
_COLON = re.compile(rf"(?P<suffix>{_SUFFIX}[^,:()]{{0,6}}?)(?P<mark>[:(])")
#: What stands between a list of labels and the one answer to all of them: where it was looked up, and for whom.
_LOOKED_UP = re.compile(
    r"经|查询|检索|核查|核实|查证|登录|通过|截至|截止|目前|本次|均|结果|显示|[\d年月日.-]+|企业|公司|借款人|实控人|实际控制人|法定代表人|保证人"
    r"|担保人|股东|上述|以上|主体|[及和其,、()]|[^\W\d_有被已未无没不为:]{0,8}(?:网|平台|系统|公示|APP|中国|查询|查(?![询无到见]))"
)
_LABELS = re.compile(r"[^,:()。]{0,24}:(?P<said>[^:。;]{1,80})$")
_NONE = re.compile(
    r"(?:(?:皆|都|全|全部|并|暂|尚)?(?:无|没有|未发现|未见|未查到|未查询到|查无|不存在|为空|为无|正常)"
    r"(?:任何|相关|不良|异常|新增|上述|其他|负面|此类|记录|信息|情况|情形|数据|事项)*+)++"
)
_HEADING = re.compile(rf"{_SUFFIX}(?:[^\w]*)$")
_TITLE = re.compile(
    r"[^已被无未有存发为了是0-9,]{0,14}(?:情况|信息|记录|核查|检查|分析|事项|情形|风险|状况|说明|信号|排查|查询|监测)[^\w]*"
)
_ZERO_AFTER = re.compile(
    rf"{_SUFFIX}(?:为|共|计|:)?(?:0(?:\.0+)?|零)(?![\d.%])(?:笔|次|期|件|条|元|万元|天|户|个|项|起|宗|处)?(?=$|[,、)\s])"
)
_LABEL = re.compile(_SUFFIX)
#: Lawsuits: none. Overdue instalments: 0; and Any arrears? No.
_NO_ENGLISH = (
    r"(?:none|no|nil|zero|0(?:\.0+)?|n/a|not (?:applicable|found|known)|nothing|never)"
    r"(?: (?:found|seen|known|reported|observed|recorded|evidence|to report|so far))?"
)
_AFTER_ENGLISH = re.compile(rf"[A-Za-z /'-]{{0,40}}?(?::| ?[-–—]) ?{_NO_ENGLISH}(?= ?(?:$|[,;.]$|[,;]))", re.IGNORECASE)
_DASHES = frozenset(":-–—")  #: what an English answer stands behind
_REPLY_ENGLISH = re.compile(rf" ?{_NO_ENGLISH}\.? ?", re.IGNORECASE)
_ASKS = re.compile(r"是否|有无")
_ZERO_BEFORE = re.compile(r"(?<![\d.])0(?:笔|次|件|条|起|宗|个|项)$")
_TITLES = ("情况", "信息", "记录", "核查", "检查", "分析", "事项", "情形", "风险", "状况", "说明", "监测")
_TITLED = re.compile("|".join(_TITLES))
_NUMBERING = re.compile(r"[\s(]*(?:[一二三四五六七八九十\d]+[)、.．]\s*)*")
_NUMBERS = frozenset("()、.．").union(
    filter(str.isspace, map(chr, range(0x3001)))
)  #: no item is numbered without one of them


@dataclass(frozen=True, slots=True)
class Answer:
    """What a form says about a label: yes, no, or nothing (a heading, a box that was not ticked)."""

    says: str  #: "yes", "no" or "nothing"
    text: str  #: the words or box that say so
    rule: str


@dataclass(slots=True)
class Part:
    """A sentence, or one option of a form with its box."""

    sentence: Sentence
    answer: Answer | None = None
    shown: tuple[int, int] | None = None  #: what to quote: a label with its boxes, not the label alone


def parts(squeezed: Squeezed, sentence: Sentence) -> list[Part]:
    """A sentence as it is, or cut into its options when boxes stand in it."""
    if sentence.letters.isdisjoint(_BOXED):
        return [Part(sentence)]
    boxes = list(_BOX.finditer(sentence.text, sentence.start, sentence.end))
    marks = {box.group() for box in boxes}
    if not marks & {"☑", "√", "□", "[ ]", "[]", "[x]", "[X]", "[√]", "○", "(√)"}:
        return [Part(sentence)]
    options = _after_style(sentence, boxes) if _ends_with_box(sentence, boxes) else _before_style(sentence, boxes)
    return list(_grouped(squeezed, sentence, options))


@dataclass(frozen=True, slots=True)
class _Option:
    start: int
    end: int
    chosen: bool | None  #: None: text that has no box
    mark: str = ""


def _ends_with_box(sentence: Sentence, boxes: list[re.Match[str]]) -> bool:
    return not sentence.text[boxes[-1].end() : sentence.end].strip(" )")


def _before_style(sentence: Sentence, boxes: list[re.Match[str]]) -> list[_Option]:
    options = [_Option(sentence.start, boxes[0].start(), None)]
    for box, following in zip(boxes, [*boxes[1:], None], strict=True):
        end = following.start() if following else sentence.end
        options.append(_Option(box.end(), end, box.group() in _CHOSEN, box.group()))
    return options


def _after_style(sentence: Sentence, boxes: list[re.Match[str]]) -> list[_Option]:
    """是□ 否☑: the box stands behind its word; a label before the colon has no box."""
    options = []
    last = sentence.start
    colon = sentence.text.find(":", sentence.start, boxes[0].start())
    if colon >= 0:
        options.append(_Option(sentence.start, colon + 1, None))
        last = colon + 1
    for box in boxes:
        options.append(_Option(last, box.start(), box.group() in _CHOSEN, box.group()))
        last = box.end()
    return options


def _grouped(squeezed: Squeezed, sentence: Sentence, options: list[_Option]) -> Iterable[Part]:
    """Labels with the answer ticked beside them; other options by themselves, told whether they are ticked."""
    text = sentence.text
    label: _Option | None = None
    answer: Answer | None = None
    shown = (sentence.start, sentence.end)
    for option in options:
        pure = _pure(squeezed, option) if option.chosen is not None else None
        if option.chosen is None:
            label = option
        elif pure:
            if option.chosen:
                answer = Answer("no" if pure["no"] else "yes", option.mark + pure.group().strip(), "form.box")
            rest = _Option(pure.end(), option.end, None)
            if text[rest.start : rest.end].strip(" ,、;:)"):  # the label stands behind its answers: ☑有 □无 诉讼事项
                if label and text[label.start : label.end].strip(" ,、:"):
                    yield Part(_cut(sentence, label), answer or Answer("nothing", "□", "form.unanswered"), shown)
                    label, answer = rest, None
                else:
                    yield Part(_cut(sentence, rest), answer or Answer("nothing", "□", "form.unanswered"), shown)
                    label, answer = None, None
        else:
            ticked = None if option.chosen else Answer("nothing", option.mark, "form.not_ticked")
            yield Part(_cut(sentence, option), ticked, shown if len(options) <= 3 else None)
    if label and text[label.start : label.end].strip():
        pending = answer or Answer("nothing", "□", "form.unanswered")
        yield Part(_cut(sentence, label), pending, shown)


def _pure(squeezed: Squeezed, option: _Option) -> re.Match[str] | None:
    """The option is a mere 有, 无, 是, 否; what follows behind a blank is a label."""
    found = _PURE.match(squeezed.text, option.start, option.end)
    if found and (found.end() in squeezed.gaps or _ends(squeezed.text, found.end(), option.end)):
        return found
    return None


def _cut(sentence: Sentence, option: _Option) -> Sentence:
    clauses = tuple(
        (max(start, option.start), min(end, option.end))
        for start, end in sentence.clauses
        if start < option.end and end > option.start
    )
    return replace(sentence, start=option.start, end=option.end, clauses=clauses or ((option.start, option.end),))


def answer(squeezed: Squeezed, sentence: Sentence, start: int, end: int, following: str) -> Answer | None:
    """What the form says of the label ``text[start:end]``: None when this is prose."""
    text, letters = squeezed.text, sentence.letters
    none = _zero(text, sentence, start, end) if "0" in letters or "零" in letters else None
    if none:
        return none
    denied = None if letters.isdisjoint(_DASHES) else _AFTER_ENGLISH.match(text, end, sentence.end)
    if denied or (sentence.stop == "?" and _REPLY_ENGLISH.fullmatch(following)):
        return Answer("no", text[start : denied.end() if denied else end], "form.answer")
    if not letters.isdisjoint(_NUMBERS) and _item(squeezed, sentence, start, end):
        return Answer("nothing", text[start:end], "form.heading")
    said = _after_colon(squeezed, sentence, start, end) if ":" in letters or "(" in letters else None
    return said or _in_cells(squeezed, sentence, start, end, following)


def _zero(text: str, sentence: Sentence, start: int, end: int) -> Answer | None:
    """0笔逾期, 逾期0笔."""
    if _ZERO_BEFORE.search(text, max(sentence.start, start - 2), start):
        return Answer("no", text[max(sentence.start, start - 3) : end], "form.zero")
    found = _ZERO_AFTER.match(text, end, sentence.end)
    return Answer("no", text[start : found.end()], "form.zero") if found else None


def _item(squeezed: Squeezed, sentence: Sentence, start: int, end: int) -> bool:
    """二、涉诉情况 三、押品查封情况: a numbered heading, between blanks in a line of them."""
    text, gaps, first, last = squeezed.text, squeezed.gaps, start, end
    leftmost, rightmost = max(sentence.start, start - 16), min(sentence.end, end + 10)
    if not _TITLED.search(text, end - 2, rightmost):
        return False
    while last < rightmost and last not in gaps:
        last += 1
    if text[last - 2 : last] not in _TITLES:
        return False
    while first > leftmost and first not in gaps:
        first -= 1
    item = text[first:last]
    bare = _unnumbered(item, 0, len(item))
    return (
        bare != item
        and (first, last) != (sentence.start, sentence.end)
        and _TITLE.search(bare, max(0, len(bare) - 10)) is not None
        and bare[-2:] in _TITLES
    )


def _after_colon(squeezed: Squeezed, sentence: Sentence, start: int, end: int) -> Answer | None:
    text = squeezed.text
    listed = _LABELS.match(text, end, sentence.end) if ":" in sentence.words else None
    if listed and not _ANSWER.fullmatch(listed["said"]) and _NONE.fullmatch(_LOOKED_UP.sub("", listed["said"])):
        return Answer("no", text[start : listed.end()], "form.listed")
    colon = _COLON.match(text, end, sentence.end) if ":" in sentence.words or "(" in sentence.words else None
    if not colon:
        return None
    found = _ANSWER.match(text, colon.end(), sentence.end)
    if found and (found.end() in squeezed.gaps or _ends(text, found.end(), sentence.end)):
        return _told(found)
    label = _unnumbered(text, sentence.clause_of(start)[0], start)
    if colon["mark"] == ":" and len(label) <= 8 and re.fullmatch(_SUFFIX, colon["suffix"]):
        return Answer("nothing", text[start : colon.end()], "form.heading")
    return None


def _in_cells(squeezed: Squeezed, sentence: Sentence, start: int, end: int, following: str) -> Answer | None:
    """A label whose answer stands in the next cell (behind a blank) or on the next line; a lone label is a heading."""
    text = squeezed.text
    before = _unnumbered(text, sentence.start, start) if start > sentence.start else ""
    leads = not before.removeprefix("是否").removeprefix("有无").removeprefix("存在")
    if not leads and squeezed.gaps.isdisjoint(range(end, sentence.end)):
        return None
    label = _LABEL.match(text, end, sentence.end)
    border = label.end() if label else end
    if border in squeezed.gaps and border < sentence.end:
        found = _ANSWER.match(text, border, sentence.end)
        if found and (found.end() in squeezed.gaps or _ends(text, found.end(), sentence.end)):
            return _told(found)
    if not leads:
        return None
    titled = sentence.stop in ("\n", "") and sentence.end - sentence.start <= 20
    if titled and _TITLE.fullmatch(text, end, sentence.end):
        return Answer("nothing", text[start : sentence.end], "form.heading")
    if _HEADING.fullmatch(text, end, sentence.end):
        found = _ANSWER.fullmatch(following.strip()) if following else None
        if found and sentence.stop == "\n":
            return _told(found)
        asked = _ASKS.search(text, max(sentence.start, start - 6), start)
        if asked or (border > end and sentence.stop in ("\n", "")):
            return Answer("nothing", text[start : sentence.end], "form.heading")
    return None


def _unnumbered(text: str, start: int, end: int) -> str:
    """The words of a stretch without the number before them."""
    number = _NUMBERING.match(text, start, end)
    return text[number.end() if number else start : end]


def _ends(text: str, at: int, end: int) -> bool:
    return at >= end or text[at] in ",、;)( " or not text[at].isalnum()


def _told(found: re.Match[str]) -> Answer:
    if found["number"]:
        zero = not found["number"].replace(",", "").replace(".", "").strip("0")
        return Answer("no" if zero else "yes", found.group(), "form.count")
    return Answer("no" if found["no"] else "yes", found.group(), "form.answer")
