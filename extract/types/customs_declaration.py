"""Customs declarations: what crossed the border, how much of it, for how much money, and under which rules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from extract.forms.fields import make_field
from extract.grammar import Anchors, Bearing, Reading, Table
from extract.kinds import Count, Currency, Day, Digits, Money, Quantity, Text, Uscc
from extract.layout import Strip, cut_words, printed
from extract.proof import products
from extract.tables.totals import adds_up, total_under
from records.document import Line, Word
from records.facts import Check, Field, Finding, Outcome, Period, Printed, State, Subject
from records.facts import Value as FactValue
from records.values import money
from records.values.text import fold

#: The old numbers of currencies that declarations still print.
NUMBERED = {"502": "USD", "142": "CNY", "110": "HKD", "300": "EUR", "116": "JPY", "303": "GBP"}
AMOUNT_AND_UNIT = re.compile(r"^\s*(?P<qty>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[\u4e00-\u9fffA-Za-z]{1,6})\s*$")
BEHIND = re.compile(r"(?P<name>[\u4e00-\u9fff()（）]{4,40}?)\s*[(（\[](?P<id>[0-9A-Z]{10,18})[)）\]]")
SURE = 0.9  #: a check digit proves what was read as well as this
OWNER = re.compile(r"境内(?:收发货人|收货人|发货人)\s*[(（\[]?\s*(?P<id>[0-9A-Z]{10,18})(?![0-9A-Z])")


class CustomsCurrency(Currency):
    """A currency by name, by code, or by the old number."""

    def pick(self, text: str, unit: Decimal) -> tuple[FactValue, str] | None:
        plain = fold(text).strip(" ()")
        return (NUMBERED[plain], text) if plain in NUMBERED else super().pick(text, unit)


class CustomsDeclaration(Reading):
    """海关进/出口货物报关单 (documents.md §9.4)."""

    type_id = "customs_declaration"
    title = ("海关报关单", "Customs declaration")
    recognised_by = Anchors(
        titles=(
            "海关进口货物报关单", "海关出口货物报关单", "出口货物报关单", "进口货物报关单", "货物报关单",
            "报关单",
        ),
        issuers=("中华人民共和国海关", "海关"),
        words=(
            "海关编号", "境内收发货人", "监管方式", "征免性质", "成交方式", "境内发货人", "境内收货人",
            "提运单号", "运抵国", "启运国", "商品编号", "毛重", "预录入编号",
        ),
        against=("装箱单", "商业发票", "提单正本", "Packing List", "Commercial Invoice"),
    )  # fmt: skip

    customs_no = Digits("海关编号", required=True)
    record_no = Digits("预录入编号")
    filing_no = Text("备案号")
    store = Text("货物存放地点")
    owner = Text("境内收发货人", "境内发货人", "境内收货人", "收发货人", "经营单位", required=True)
    owner_id = Uscc(
        "境内收发货人编码", "收发货人编码", "统一社会信用代码", "境内发货人统一社会信用代码", "境内收货人统一社会信用代码",
        "境内收发货人统一社会信用代码", required=True,
    )  # fmt: skip
    foreign_party = Text("境外收发货人", "境外收货人", "境外发货人")
    port = Text("出境关别", "进境关别", "出口口岸", "进口口岸")
    ie_date = Day("进(出)口日期", "出口日期", "进口日期", "进出口日期", required=True)
    declare_date = Day("申报日期", required=True)
    transport = Text("运输方式")
    vessel = Text("运输工具名称及航次号", "运输工具名称")
    bill_no = Text("提运单号")
    producer = Text("生产销售单位", "消费使用单位", "发货单位", "收货单位")
    mode = Text("监管方式", "贸易方式", required=True)
    duty_kind = Text("征免性质")
    permit_no = Text("许可证号")
    contract_no = Text("合同协议号")
    trade_country = Text("贸易国(地区)", "贸易国")
    country = Text("运抵国(地区)", "启运国(地区)", "运抵国", "启运国")
    harbour = Text("指运港", "经停港", "启运港")
    exit_port = Text("离境口岸", "入境口岸")
    packing = Text("包装种类")
    pkgs = Count("件数")
    gross = Quantity("毛重(千克)", "毛重", "毛重(公斤)")
    net = Quantity("净重(千克)", "净重", "净重(公斤)")
    terms = Text("成交方式", required=True)
    freight = Text("运费")
    insurance = Text("保费")
    extras = Text("杂费")
    currency = CustomsCurrency("币制", "币种", required=True)
    items = Table(
        key=("code",),
        needs=(("code",), ("name",), ("total", "_sums")),
        no=Count("项号", "序号"),
        code=Digits("商品编号", "商品编码", "HS编码"),
        name=Text(
            "商品名称及规格型号",
            "商品名称、规格型号",
            "商品名称/规格型号",
            "商品名称",
            "名称规格",
            "品名规格",
            "品名及规格型号",
            "品名、规格型号",
            "货名规格",
        ),
        _amounts=Text("数量及单位", "数量单位", "数量/单位", "成交数量", "数量"),
        unit=Text("单位", "成交单位"),
        _sums=Text("单价/总价/币制", "单价总价币制"),
        price=Quantity("单价"),
        total=Money("总价", "总值"),
        currency=CustomsCurrency("币制"),
        origin=Text("原产国(地区)", "原产国"),
        destination=Text("最终目的国(地区)", "最终目的国"),
        place=Text("境内货源地", "境内目的地"),
        duty=Text("征免"),
    )

    def about(self) -> Subject | None:
        name, number = self.get("owner"), self.get("owner_id")
        return Subject(name=name, uscc=number if number and len(number) == 18 else None) if name or number else None

    def covers(self) -> Period | None:
        day = self.get("declare_date") or self.get("ie_date")
        return Period(day, day) if isinstance(day, date) else None

    # --- what follows from what was read -----------------------------------------------------------------------------

    def complete(self) -> None:
        self._owner()
        self._number_behind_the_owner()
        self._producer()
        self._coded("mode", "监管方式")
        for row in self.items:
            self._sums(row)
            self._amounts(row)
        if "currency" not in self.fields:
            found = next((row["currency"] for row in self.items if "currency" in row), None)
            if found is not None:
                self.fields["currency"] = replace(found, name="currency")

    def _owner(self) -> None:
        """境内收发货人(91330106MA2TEXT017), and the name under it or behind it."""
        for strip in self.sheet.strips[:30]:
            found = OWNER.search(strip.text)
            if not found:
                continue
            words = cut_words(strip, found.start("id"), found.end("id"))
            picked = self.kinds()["owner_id"].pick(found["id"], Decimal(1))
            if words and (picked or len(found["id"]) == 10):
                self.fields["owner_id"] = make_field(
                    self.kinds()["owner_id"], picked[0] if picked else found["id"], words, strip.page, found["id"]
                )
            behind = strip.text[found.end() :].lstrip(") ]）:：")
            name = re.match(r"[\u4e00-\u9fff()（）]{4,40}", behind)
            if name and re.search(r"公司|厂|社|店|部$", name.group()):
                at = strip.text.index(name.group(), found.end())
                self.fields["owner"] = Field(
                    "owner", name.group(), printed(cut_words(strip, at, at + len(name.group())), strip.page)
                )
            elif found["id"] in str(self.get("owner") or found["id"]):
                self._under(strip, found.start(), found.end(), "owner")
            return

    def _number_behind_the_owner(self) -> None:
        """某某有限公司(91330106MA2TEXT017): the name and its number in one value."""
        owner = self.fields.get("owner")
        found = BEHIND.fullmatch(str(owner.value)) if owner is not None else None
        if owner is None or found is None:
            return
        kind = self.kinds()["owner_id"]
        picked = kind.pick(found["id"], Decimal(1))
        self.fields["owner"] = replace(owner, value=found["name"])
        if picked is not None and "owner_id" not in self.fields and isinstance(owner.source, Printed):
            proof = kind.proved_by(picked[0]) if owner.source.confidence >= SURE else None
            state = State.VERIFIED if proof else owner.state
            self.fields["owner_id"] = Field("owner_id", picked[0], owner.source, state, (proof,) if proof else ())

    def _producer(self) -> None:
        """生产销售单位(91330106MA2TEXT017), and the name under it."""
        producer = self.fields.get("producer")
        if producer is None or not re.fullmatch(r"[(（][0-9A-Z]{10,18}[)）]", str(producer.value)):
            return
        del self.fields["producer"]
        for strip in self.sheet.strips[:30]:
            found = re.search(r"(?:生产销售|消费使用|发货|收货)单位\s*[(（]", strip.text)
            if found:
                self._under(strip, found.start(), found.end(), "producer")
                return

    def _under(self, strip: Strip, start: int, end: int, name: str) -> None:
        label = cut_words(strip, start, end)
        for lower in self.sheet.by_page[strip.page][strip.number + 1 : strip.number + 3]:
            left, right = label[0].box.x0 - 0.01, label[-1].box.x1
            words = [w for w in lower.words if w.box.x0 >= left and w.box.x0 < right]
            picked = self.kinds()[name].pick(Line(tuple(words)).text, Decimal(1)) if words else None
            if picked is not None:
                self.fields[name] = make_field(self.kinds()[name], picked[0], words, lower.page)
                return

    def _coded(self, name: str, label: str) -> None:
        """监管方式(0110) 一般贸易: the code belongs to the value."""
        field = self.fields.get(name)
        if field is not None and (found := re.match(r"^(\d{4})\s*(\D.*)$", str(field.value))):
            self.fields[name] = replace(field, value=f"{found.group(1)} {found.group(2)}")
            return
        if field is not None and (found := re.match(r"^(\D+?)\s*[(（]?(\d{4})[)）]?$", str(field.value))):
            self.fields[name] = replace(field, value=f"{found.group(2)} {found.group(1)}")
            return
        for strip in self.sheet.strips[:30]:
            found = re.search(rf"{label}\s*[(（]\s*(\d{{4}})\s*[)）]", strip.text)
            if found and field is not None and not re.search(r"\d{4}", str(field.value)):
                self.fields[name] = replace(field, value=f"{found.group(1)} {field.value}")
                return

    def _lines(self, cell: Field) -> list[list[Word]]:
        """The words of a cell, line by line."""
        source = cell.source
        assert isinstance(source, Printed)
        if source.box is None:
            return []
        lines = []
        for strip in self.sheet.by_page[source.page]:
            inside = [
                word
                for word in strip.words
                if source.box.x0 - 0.001 <= word.box.x0
                and word.box.x1 <= source.box.x1 + 0.001
                and source.box.y0 - 0.001 <= word.box.y0
                and word.box.y1 <= source.box.y1 + 0.001
            ]
            if inside:
                lines.append(inside)
        return lines

    def _sums(self, row: dict[str, Field]) -> None:
        """单价, 总价 and 币制 one under the other in one cell."""
        cell = row.get("_sums")
        kinds = self.table_specs()["items"].columns
        names = ["price", "total", "currency"]
        for words in self._lines(cell) if cell else []:
            text = Line(tuple(words)).text
            for name in names:
                picked = kinds[name].pick(text, Decimal(1))
                if picked is not None and name not in row:
                    row[name] = make_field(kinds[name], picked[0], words, self.sheet.first_page, text)
                    names = names[names.index(name) + 1 :]
                    break

    def _amounts(self, row: dict[str, Field]) -> None:
        """Quantities in several units: the one that is sold is the one that the price is for, else the last."""
        cell = row.get("_amounts")
        found: list[tuple[Decimal, str, list[Word]]] = []
        for words in self._lines(cell) if cell else []:
            text = fold(Line(tuple(words)).text)
            match = AMOUNT_AND_UNIT.match(text)
            number = money.quantity(match["qty"] if match else text.strip())
            if number is not None:
                found.append((number, match["unit"] if match else "", words))
        if not found:
            return
        price, total = (row[name].value if name in row else None for name in ("price", "total"))
        sold = found[-1]
        if isinstance(price, Decimal) and isinstance(total, Decimal):
            sold = next((item for item in reversed(found) if item[0] * price == total), sold)
        place = printed(sold[2], self.sheet.first_page)
        row["qty"] = Field("qty", f"{sold[0]:f}", place)
        if sold[1] and "unit" not in row:
            row["unit"] = Field("unit", sold[1], place)

    # --- identities --------------------------------------------------------------------------------------------------

    def more_checks(self) -> Iterator[Bearing]:
        for number, row in enumerate(self.items):
            yield from self._line(number, row)
        if len({row["currency"].value for row in self.items if "currency" in row}) < 2 and total_under(
            self, "items", "total"
        ):
            yield from adds_up(self, "items", "total", "Σ总价 = 合计")
        gross, net = self.get("gross"), self.get("net")
        if isinstance(gross, Decimal) and isinstance(net, Decimal):
            state = Outcome.HOLDS if net <= gross else Outcome.FAILS
            check = Check("net_within_gross", state, "净重 ≤ 毛重", f"{net:f}", f"{gross:f}", values=("gross", "net"))
            yield Bearing(check, accuses=() if net <= gross else ("gross", "net"))

    def _line(self, number: int, row: dict[str, Field]) -> Iterator[Bearing]:
        """数量 × 单价 = 总价. Prices are rounded: within half a unit of the total a product holds without proving."""
        says, where = "数量 × 单价 = 总价", f"row {number + 1}"
        if any(name not in row for name in ("qty", "price", "total")):
            yield Bearing(Check("line_total", Outcome.CANNOT_TELL, says, where=where))
            return
        qty, price, total = (Decimal(str(row[name].value)) for name in ("qty", "price", "total"))
        product, exponent = qty * price, price.as_tuple().exponent
        step = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
        holds = abs(product - total) <= max(Decimal("0.01"), qty * step / 2)
        check = Check(
            "line_total", Outcome.HOLDS if holds else Outcome.FAILS, says, f"{product:f}", f"{total:f}", where
        )
        paths = (f"items[{number}].qty", f"items[{number}].price", f"items[{number}].total")
        if not holds:
            told = f"第 {number + 1} 项数量乘单价应为 {product:f}，总价印着 {total:f}。"
            self.findings.append(Finding("line_total_differs", told, self.sheet.first_page))
        if holds and product == total:
            yield from products.bearings(check, paths, (qty, price, total))
        else:
            yield Bearing(check, accuses=() if holds else paths)
