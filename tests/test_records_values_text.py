"""Text made comparable: what differs only in print is equal afterwards, what differs in meaning is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from records.values.text import company, fold, halfwidth, label, reference, squeeze


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("（２０２４）ＡＢＣ：￥１，２３４．５０％", "(2024)ABC:¥1,234.50%"),
        ("应收帐款", "应收账款"),
        ("馀额佔比週转", "余额占比周转"),
        ("2024—03－05 – ─", "2024-03-05 - -"),
        ("⻓⻔⻋⾦", "长门车金"),  # radicals that PDF writers store for characters
        ("客\u200b户\ufeff名", "客户名"),
        ("plain ASCII", "plain ASCII"),
    ],
)
def test_fold(printed, folded):
    assert fold(printed) == folded


@pytest.mark.parametrize("meaning", ["未发现", "末次", "已", "己", "不", "下", "贷", "货", "人", "入"])
def test_characters_that_flip_the_meaning_are_never_exchanged(meaning):
    assert fold(meaning) == squeeze(meaning) == meaning


@pytest.mark.parametrize(
    ("printed", "squeezed"),
    [
        ("户 名", "户名"),
        ("日　志　号", "日志号"),
        ("  合 计  ", "合计"),
        ("停\n产", "停产"),
        ("Account  No.  余 额", "Account No. 余额"),
        ("2024 年 3 月", "2024 年 3 月"),
    ],
)
def test_squeeze_removes_blanks_between_chinese_characters_only(printed, squeezed):
    assert squeeze(printed) == squeezed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("户 名：", "户名"),
        ("【户名】", "户名"),
        ("金额（元）", "金额"),
        ("电量(kWh)", "电量"),
        ("交易金额（收入）", "交易金额(收入)"),
        ("Account No.", "ACCOUNT NO"),
        ("账号 / 卡号：", "帐号/卡号"),
        ("序号 No", "序号No."),
    ],
)
def test_labels_that_differ_in_print_only_are_equal(one, other):
    assert label(one) == label(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("交易金额（收入）", "交易金额（支出）"), ("期初余额", "期末余额"), ("账号", "户号"), ("元", "万元")],
)
def test_labels_that_differ_in_meaning_stay_apart(one, other):
    assert label(one) != label(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("杭州某某（集团）有限责任公司", "杭州 某某(集团)有限公司"),
        ("杭州某某有限公司", "杭州某某有限公司 "),
        ("ABC Trading Co., Ltd.", "ａｂｃ ＴＲＡＤＩＮＧ CO LTD"),
        ("阿卜杜·热合曼", "阿卜杜•热合曼"),
    ],
)
def test_one_name_printed_two_ways_is_equal(one, other):
    assert company(one) == company(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("杭州某某有限公司", "杭州某某股份有限公司"),
        ("杭州某某有限公司", "杭州某某有限公司余杭分公司"),
        ("杭州某某有限公司", "宁波某某有限公司"),
        ("张三", "张*"),
    ],
)
def test_two_legal_persons_stay_apart(one, other):
    assert company(one) != company(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("杭余2024年(借)字第0318号", "杭余２０２４年（借）字第０３１８号"),
        ("杭余2024年(借)字第0318号", "杭余2024年〔借〕 0318"),
        ("HT-2024-0318-001", "ht20240318001"),
        ("浙（2023）杭州市不动产权第0012345号", "浙(2023)杭州市不动产权0012345"),
    ],
)
def test_one_reference_printed_two_ways_is_equal(one, other):
    assert reference(one) == reference(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HT20240318001", "HT20240318002"),
        ("杭余2024年(借)字第0318号", "杭余2024年(保)字第0318号"),
        ("0012345", "12345"),
    ],
)
def test_two_references_stay_apart(one, other):
    assert reference(one) != reference(other)


#: What papers are printed in; combining marks of other scripts may join when noise between them is removed.
PRINTED = st.text(
    st.one_of(
        st.characters(min_codepoint=0x20, max_codepoint=0x7E),
        st.characters(min_codepoint=0x3000, max_codepoint=0x3029),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF),
        st.characters(min_codepoint=0xFF01, max_codepoint=0xFF65),
    ),
    max_size=60,
)


@given(PRINTED)
def test_doing_it_twice_changes_nothing_more(text):
    for normal in (halfwidth, squeeze, company, reference):
        assert normal(normal(text)) == normal(text)


@given(st.text(max_size=60))
def test_no_text_ever_raises(text):
    assert isinstance(label(text), str)
    assert "\u200b" not in fold(text)
    assert not squeeze(text).startswith(" ")
