"""Any input gives a plan or one clear refusal; the same input the same bytes."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.test_accounting import check_locations, check_parts
from wpparse import UnreadableFile, WpparseError, parse, read_document
from wpparse.pipeline import understand
from wpparse.text import clean, clean_lines, clean_pieces

WORDS = st.sampled_from(
    [
        "一、",
        "（一）",
        "1.",
        "2．",
        "第一条",
        "①",
        "附件",
        "责任单位：",
        "（责任单位：县财政局、各乡镇）",
        "（县发改局牵头，有关部门配合）",
        "完成时限：",
        "2024年",
        "6月底前",
        "每季度",
        "长期坚持",
        "9月31日前",
        "加强组织领导。",
        "县政府办公室要做好协调",
        "抄送：",
        "关于印发工作要点的通知",
        "— 3 —",
        "〔2024〕3号",
        "等",
        "和",
        "（",
        "）",
        "【",
        "\n",
        "\n\n",
        "\t",
        "\u3000\u3000",
        "，",
        "。",
        "序号\t工作任务\t责任单位\n",
    ]
)
CIRCULARS = st.lists(st.one_of(WORDS, st.text(max_size=6)), max_size=40).map("".join)
RELAXED = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


@given(CIRCULARS)
@RELAXED
def test_any_text_gives_a_plan_that_tells_the_truth(text: str) -> None:
    try:
        document = read_document(text.encode("utf-8", "surrogatepass"), name="any.txt")
    except UnreadableFile:
        return
    plan = understand(document, anything=True)
    check_locations(document, plan)
    check_parts(document, plan)
    assert understand(document, anything=True).to_json() == plan.to_json()


@given(st.binary(max_size=400))
@RELAXED
def test_any_bytes_give_a_plan_or_one_clear_line(data: bytes) -> None:
    try:
        plan = parse(data)
    except WpparseError as error:
        for language in ("zh", "en"):
            assert error.render(language)
            assert "\n" not in error.render(language)
    else:
        assert plan.schema_version == "1"


SPACED = st.text(alphabet="中文，。⼯⻓Ａ１ab1 \t\n\u3000\u00a0\u200b（", max_size=30)


@given(SPACED)
def test_cleaning_holds_what_it_promises(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not set(cleaned) & set("⼯⻓Ａ１\t\n\u3000\u200b")
    for left, right in pairwise(cleaned):
        assert not (left == " " and (right == " " or right in "中文，。（"))
        assert not (right == " " and left in "中文，。（")
    assert clean_lines(text) == "\n".join(filter(None, map(clean, text.splitlines())))


@given(st.lists(SPACED, max_size=6))
def test_cleaning_does_not_depend_on_where_runs_are_cut(pieces: list[str]) -> None:
    text, ends = clean_pieces(pieces)
    assert text == clean("".join(pieces))
    assert ends == sorted(ends)
    assert not ends or ends[-1] == len(text)
