"""Certificates of title to real estate: whose it is, where, how large, and what burdens it."""

from __future__ import annotations

import re

from extract.forms.told import read_told, tell
from extract.grammar import Anchors, Reading
from extract.kinds import Quantity, Text, Token
from extract.layout import Sheet
from records.facts import Subject


class PropertyCertificate(Reading):
    """不动产权证书、房屋所有权证 (documents.md §8.6). 附记 may tell of mortgages and seizures."""

    type_id = "property_certificate"
    title = ("不动产权证书", "Title certificate")
    recognised_by = Anchors(
        titles=("不动产权证书", "不动产权证", "房屋所有权证", "房产证", "国有土地使用证", "房地产权证"),
        issuers=("自然资源", "不动产登记", "住房和城乡建设", "国土资源"),
        words=(
            "权利人",
            "坐落",
            "不动产单元号",
            "权利类型",
            "权利性质",
            "使用期限",
            "共有情况",
            "面积",
            "附记",
            "用途",
            "宗地",
        ),
        against=(
            "不动产登记证明",
            "抵押权人",
            "评估报告",
            "估价报告",
            "押品检查",
            "抵押物检查",
            "现场检查",
            "抵押合同",
        ),
    )

    cert_no = Text("证号", "权证号", "不动产权证号", "产权证号", "证书编号", required=True)
    holder = Text("权利人", "房屋所有权人", "土地使用权人", "所有权人", required=True)
    co_ownership = Text("共有情况")
    location = Text("坐落", "房屋坐落", "座落", "坐落位置", "土地坐落", required=True)
    unit_no = Token("不动产单元号", "不动产单元")
    right_type = Text("权利类型")
    right_nature = Text("权利性质")
    use = Text("用途", "规划用途", "设计用途")
    area = Quantity("面积", "建筑面积", "宗地面积", "房屋建筑面积", required=True)
    use_term = Text("使用期限", "土地使用期限")
    remark = Text("附记", "权利其他状况", "权利其它状况")
    sentences = tell(
        cert_no="{title}", area=("(房屋)?建筑面积:?{number}(m2|平方米)", "(宗地|总)?面积:?{number}(m2|平方米)")
    )

    def complete(self) -> None:
        read_told(self, self.sentences)

    def about(self) -> Subject | None:
        name = self.get("holder")
        return Subject(name=str(name).split("、")[0]) if name else None

    @classmethod
    def extra_score(cls, sheet: Sheet) -> int:
        """The proof of a mortgage names the title's number and place too; who is owed what stands only there."""
        return -4 if re.search(r"抵押权人|担保债权|义务人|不动产证明第", sheet.squeezed()) else 0
