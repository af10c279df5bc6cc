"""Certificates that a mortgage was registered: on what, by whom, for whom, securing how much."""

from __future__ import annotations

from extract.forms.told import read_told, tell
from extract.grammar import Anchors, Reading
from extract.kinds import Count, Day, Span, Text, WrittenMoney
from records.facts import Finding, Subject


class MortgageRegistration(Reading):
    """不动产登记证明（抵押权）(documents.md §8.6). 预告登记 is no mortgage yet."""

    type_id = "mortgage_registration"
    title = ("不动产登记证明", "Mortgage registration certificate")
    recognised_by = Anchors(
        titles=("不动产登记证明", "他项权证", "房屋他项权证", "土地他项权利证明书", "抵押登记证明", "动产抵押登记书"),
        issuers=("自然资源", "不动产登记", "住房和城乡建设", "市场监督管理局"),
        words=(
            "抵押权人",
            "抵押人",
            "担保债权数额",
            "被担保主债权",
            "债务履行期限",
            "义务人",
            "证明权利或事项",
            "坐落",
            "抵押权",
            "顺位",
        ),
        against=("不动产权证书", "评估报告", "抵押合同", "押品检查"),
    )

    cert_no = Text("证明号", "登记证明号", "不动产登记证明号", "他项权证号", "证号", "登记编号", required=True)
    location = Text("坐落", "房屋坐落", "座落", "抵押物坐落", required=True)
    mortgagee = Text("抵押权人", "权利人", "权利人(申请人)", "房屋他项权利人", "他项权利人", required=True)
    mortgagor = Text("抵押人", "义务人", "房屋所有权人", required=True)
    secured_amount = WrittenMoney(
        "担保债权数额",
        "被担保主债权数额",
        "债权数额",
        "最高债权数额",
        "最高债权额",
        "被担保主债权的数额",
        "担保债权的数额",
        "被担保债权数额",
        "被担保债权的数额",
        "被担保的债权数额",
        required=True,
    )
    debt_term = Span("债务履行期限", "债务履行期间", "债权确定期间", "担保期限", "履行期限")
    property_cert_no = Text("不动产权证书号", "不动产权证号", "原产权证号", "房屋所有权证号", "产权证书号")
    rank = Count("抵押顺位", "顺位", "抵押权顺位", "抵押次序")
    reg_date = Day("登记时间", "登记日期", "登簿日期", "登记日", "登簿时间", "设定日期")
    right = Text("证明权利或事项", "权利种类", "他项权利种类", "登记类型")
    remark = Text("附记")
    sentences = tell(
        cert_no="{title}",
        property_cert_no="(产权证|权证|证书)号?:?{title}",
        secured_amount="(担保债权的?数额|最高债权数?额|主?债权数额)[:为]?{money}",
        debt_term="(债务履行期限|债权确定期间|履行期限):?{span}",
        rank="顺位:?第?{number}",
    )

    def complete(self) -> None:
        read_told(self, self.sentences)
        if "预告登记" in self.sheet.squeezed():
            says = "这是预告登记证明，不是抵押权登记：抵押权尚未设立。"
            self.findings.append(Finding("advance_registration", says, self.sheet.first_page))

    def about(self) -> Subject | None:
        name = self.get("mortgagor")
        return Subject(name=str(name).split("、")[0]) if name else None
