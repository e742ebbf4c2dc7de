"""Responsibility clauses, lists of units, names and their full forms."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wpparse import parse
from wpparse.extract.mentions import PartyMention
from wpparse.extract.parties.canonical import canonical
from wpparse.extract.parties.clauses import find_clauses, first_is_lead
from wpparse.extract.parties.examples import check_party_examples
from wpparse.extract.parties.names import names
from wpparse.extract.parties.units import read_units
from wpparse.grammar import Grammar, load_grammar

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "cases" / "parties.toml").read_text(encoding="utf-8")
)["case"]
GRAMMAR = load_grammar()


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return GRAMMAR


def shown(mention: PartyMention) -> str:
    return f"{mention.name} {mention.role}{' *' if mention.collective else ''}"


@pytest.mark.parametrize("case", [c for c in CASES if "cell" not in c], ids=lambda c: c["id"])
def test_clause(case: dict[str, Any], grammar: Grammar) -> None:
    text = case["text"]
    clauses = find_clauses(text, grammar)
    left, position = "", 0
    for clause in clauses:
        left += text[position : clause.start]
        position = clause.end
    assert left + text[position:] == case["left"]
    assert [shown(m) for clause in clauses for m in clause.units.mentions] == case["parties"]
    assert any(clause.units.open_ended for clause in clauses) == case.get("open", False)
    assert [text[start:end] for clause in clauses for start, end in clause.deadline_spans] == case.get("dates", [])


@pytest.mark.parametrize("case", [c for c in CASES if "cell" in c], ids=lambda c: c["id"])
def test_cell(case: dict[str, Any], grammar: Grammar) -> None:
    units = read_units(case["text"], grammar, case["cell"], "column")
    assert [shown(mention) for mention in units.mentions] == case["parties"]
    assert units.open_ended == case.get("open", False)
    assert all(mention.source == "column" for mention in units.mentions)


def test_ids_are_unique() -> None:
    ids = [case["id"] for case in CASES]
    assert len(ids) == len(set(ids))


def test_examples_in_the_rules_give_what_they_promise(grammar: Grammar) -> None:
    assert list(check_party_examples(grammar)) == []


def test_a_false_promise_is_found(tmp_path: Path) -> None:
    (tmp_path / "roles.toml").write_text(
        'family = "role"\n[[rule]]\nid = "role.x"\nkind = "lead"\nfields = { position = "verb" }\npattern = "挂帅$"\n'
        'examples = [{ text = "区财政局挂帅", match = "挂帅", lead = ["区民政局"] }]\n',
        encoding="utf-8",
    )
    faults = list(check_party_examples(load_grammar(tmp_path)))
    assert len(faults) == 1
    assert "roles.toml:2" in faults[0]
    assert "区财政局" in faults[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（市人社局、市财政局负责。列第一位者为牵头单位，下同）", True),
        ("排在第一位的部门为牵头部门。", True),
        ("责任分工中排名第一的责任单位为牵头单位，其余为配合单位。", True),
        ("注：列首位的单位为牵头单位。", True),
        ("各任务第一责任单位为牵头单位，下同。", True),
        ("市财政局为牵头单位。", False),
        ("第一批项目由市发展改革委牵头。", False),
        ("各牵头单位要切实履行第一责任。", False),
    ],
)
def test_convention(text: str, expected: bool, grammar: Grammar) -> None:
    assert first_is_lead(["一、总体要求", text], grammar) is expected


def test_no_convention_in_nothing(grammar: Grammar) -> None:
    assert first_is_lead([], grammar) is False


@pytest.mark.parametrize(
    ("role", "stated"), [("牵头", True), ("配合", True), ("负责", False), ("按职责分工负责", False), ("", False)]
)
def test_only_a_role_of_its_own_keeps_the_convention_away(role: str, stated: bool, grammar: Grammar) -> None:
    units = read_units(f"市财政局、市教育局{role}", grammar, "responsible", "clause")
    assert {mention.stated for mention in units.mentions} == {stated}


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("区住建局", "区住房和城乡建设局"),
        ("县发改局", "县发展和改革局"),
        ("省发改委", "省发展和改革委员会"),
        ("市人社局", "市人力资源和社会保障局"),
        ("国家发改委", "国家发展和改革委员会"),
        ("青岚县教体局", "青岚县教育和体育局"),
        ("云川省工信厅", "云川省工业和信息化厅"),
        ("区委编办", "区委机构编制委员会办公室"),
        ("自治区党委网信办", "自治区党委网络安全和信息化委员会办公室"),
        ("县政府办公室", "县人民政府办公室"),
        ("临泽市政府", "临泽市人民政府"),
        ("区政府法制办", "区人民政府法制办公室"),
        ("县法院", "县人民法院"),
        ("云川证监局", "中国证券监督管理委员会云川监管局"),
        ("人民银行云川分行", "中国人民银行云川分行"),
        ("团县委", "共青团县委员会"),
        ("市场监管总局", "国家市场监督管理总局"),
        ("住建局", "住房和城乡建设局"),
        # known to be full, or not known
        ("区财政局", None),
        ("区住房和城乡建设局", None),
        ("网信办", None),
        ("省住建局", None),
        ("市金融办", None),
        ("人行临泽中支", None),
        ("省金融监管局", None),
        ("政府", None),
        ("", None),
    ],
)
def test_canonical(name: str, full: str | None, grammar: Grammar) -> None:
    assert canonical(name, grammar) == full


def test_table_of_names_is_sound(grammar: Grammar) -> None:
    rows = grammar.table("names")
    shorts = [row["short"] for row in rows]
    assert len(shorts) == len(set(shorts))
    assert len(rows) >= 200
    for row in rows:
        assert row["source"]
        assert row["full"] != row["short"]
        assert row["alone"] in ("yes", "no")
        assert row["levels"] or row["alone"] == "yes" or "{}" in row["full"]


def test_classes_have_no_full_form(grammar: Grammar) -> None:
    (mention,) = read_units("各县发改局", grammar).mentions
    assert mention.collective
    assert mention.canonical is None


def test_jieba_is_loaded_only_for_names_that_run_together() -> None:
    import subprocess
    import sys

    program = (
        "import sys\n"
        "from wpparse.grammar import load_grammar\n"
        "from wpparse.extract.parties.units import read_units\n"
        "g = load_grammar()\n"
        "read_units('区委组织部、市生态环境局青岚分局、区发展和改革委员会', g)\n"
        "assert 'jieba' not in sys.modules\n"
        "assert len(read_units('发改局财政局民政局', g).mentions) == 3\n"
        "assert 'jieba' in sys.modules\n"
        "import jieba\n"
        "assert not jieba.dt.initialized\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


WORDS = st.sampled_from([
    "（", "）", "(", "〔", "】", "：", "；", "、", "，", "。", "\n", "责任单位", "牵头", "牵头单位", "配合", "负责", "按职责分工负责", "等",
    "等有关部门", "各", "区财政局", "发改局", "各镇街", "和", "完成时限", "2024年6月底前", "10分",
    "列第一位者为牵头单位，下同", "责任人", "王明",
    "县（市、区）", "人民政府", "要", "1.", "（一）", "推进工作", " ",
])  # fmt: skip
TEXTS = st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=30).map("".join))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_gives_clauses_that_point_at_their_words(text: str) -> None:
    position = 0
    for clause in find_clauses(text, GRAMMAR):
        assert position <= clause.start < clause.end <= len(text)
        position = clause.end
        for mention in clause.units.mentions:
            assert clause.start <= mention.start < mention.end <= clause.end
            assert text[mention.start : mention.end].replace("\n", "") == mention.name
        for start, end in clause.deadline_spans:
            assert clause.start <= start < end <= clause.end


@settings(max_examples=150, deadline=None)
@given(TEXTS, st.sampled_from(["lead", "support", "responsible", "leader"]))
def test_any_cell_gives_names_once_and_in_their_place(text: str, role: Any) -> None:
    units = read_units(text, GRAMMAR, role, "column")
    listed = [mention.name for mention in units.mentions]
    assert len(listed) == len(set(listed))
    for mention in units.mentions:
        assert text[mention.start : mention.end].replace("\n", "") == mention.name
    for start, end in units.rest:
        assert 0 <= start < end <= len(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([
    "区财政局", "市教育局", "各镇街", "省发展和改革委员会", "县文化和旅游局", "云川电力公司", "各有关部门", "经济开发区管委会",
]), min_size=1, max_size=8, unique=True), st.sampled_from(["、", "，", "；", "\n"]))  # fmt: skip
def test_a_list_of_names_gives_them_back(listed: list[str], separator: str) -> None:
    units = read_units(separator.join(listed), GRAMMAR)
    assert [mention.name for mention in units.mentions] == listed
    assert units.rest == ()


def test_hostile_brackets_take_no_time() -> None:
    import time

    start = time.perf_counter()
    find_clauses("（责任单位：" * 2000, GRAMMAR)
    find_clauses("（" * 20000 + "负责", GRAMMAR)
    find_clauses("（区财政局、" * 500 + "负责）" * 500, GRAMMAR)
    assert time.perf_counter() - start < 10


def test_names_know_bodies(grammar: Grammar) -> None:
    known = names(grammar)
    assert all(map(known.is_body, ("区财政局", "各镇街", "村（社区）", "省发展和改革委员会", "中国移动云川公司")))
    assert not any(map(known.is_body, ("社会", "部门", "政府", "根据安排办理的单位", "区财政局（牵头", "")))


def parties_of(body: str) -> list[list[str]]:
    text = "青岚县2024年工作方案\n一、重点任务\n" + body
    return [[f"{party.name} {party.role}" for party in task.parties] for task in parse(text.encode()).tasks]


def test_a_clause_of_the_lead_in_holds_for_the_items_below_that_name_nobody() -> None:
    body = (
        "（一）完善校园安全体系。（责任单位：县教育局；完成时限：6月底）\n1.配齐保安人员。\n"
        "2.安装监控设备。（县公安局负责）\n3.各学校要开展演练。\n（二）建立通报制度，按月公布情况。\n"
    )
    assert parties_of(body) == [["县教育局 responsible"], ["县公安局 responsible"], ["各学校 responsible"], []]
    tasks = parse(("青岚县2024年工作方案\n一、重点任务\n" + body).encode()).tasks
    assert tasks[0].parties_text == "（责任单位：县教育局；完成时限：6月底）"
    assert [deadline.text for deadline in tasks[0].deadlines] == ["6月底"]


def test_a_clause_below_several_measures_holds_for_all_of_them() -> None:
    body = (
        "（一）排查隐患\n1.巡查水库。\n2.清理河道。\n责任单位：县水利局\n"
        "（二）备足物资\n1.储备编织袋。\n2.储备砂石。\n责任单位：县应急局\n"
    )
    assert parties_of(body) == [["县水利局 responsible"]] * 2 + [["县应急局 responsible"]] * 2
    own = (
        "（一）排查隐患\n1.巡查水库。\n责任单位：县应急局\n2.清理河道。\n责任单位：县水利局\n"
        "（二）备足物资\n1.储备编织袋。\n2.储备砂石。\n责任单位：县财政局\n"
    )
    assert parties_of(own) == [["县应急局 responsible"], ["县水利局 responsible"], [], ["县财政局 responsible"]]


def test_a_clause_above_numbered_measures_holds_for_all_of_them() -> None:
    body = "（一）环境整治。\n责任领导：张明；牵头科室：执法办\n1.巡查道路。\n2.清理广告。\n"
    assert parties_of(body) == [["张明 leader", "执法办 lead"]] * 2


def test_a_clause_below_several_paragraphs_holds_for_all_of_them() -> None:
    body = "（一）宣传培训\n一是利用广播宣传。\n二是发放明白卡。\n责任单位：县委宣传部\n（二）备足物资\n储备编织袋。\n"
    assert parties_of(body) == [["县委宣传部 responsible"]] * 2 + [[]]


def test_the_year_of_a_stage_holds_for_the_days_in_it() -> None:
    body = (
        "（一）集中整治（2025年3月—10月）。各镇6月底前完成整改。\n（二）巩固提升（2026年1月—6月）。各镇3月底前总结。\n"
    )
    tasks = parse(("青岚县2024年工作方案\n一、实施步骤\n" + body).encode()).tasks
    assert [[deadline.due for deadline in task.deadlines] for task in tasks] == [
        ["2025-10-31", "2025-06-30"], ["2026-06-30", "2026-03-31"],
    ]  # fmt: skip


def test_sections_that_name_bodies_say_whose_work_the_items_below_are() -> None:
    body = (
        "（一）县农业农村局\n1.组织实施农田建设项目。\n2.指导秸秆综合利用。\n（二）县自然资源局\n1.查处违法占地行为。\n"
    )
    tasks = parse(("青岚县2024年工作方案\n一、职责分工\n" + body).encode()).tasks
    assert [[party.name for party in task.parties] for task in tasks] == [
        ["县农业农村局"], ["县农业农村局"], ["县自然资源局"],
    ]  # fmt: skip
    assert {party.source for task in tasks for party in task.parties} == {"subject"}


def test_duties_of_a_body_as_heading_name_the_body() -> None:
    body = "（一）石桥镇政府职责\n1.成立工作专班。\n2.落实征地拆迁。\n（二）县自然资源局主要职责\n1.办理用地手续。\n2.开展测绘。\n"
    assert parties_of(body) == [["石桥镇政府 responsible"]] * 2 + [["县自然资源局 responsible"]] * 2


@pytest.mark.parametrize(
    "headings", [("成立项目组", "建强技术转移机构"), ("县政府", "完善制度体系"), ("建设数字政府", "壮大经营主体")]
)
def test_sections_that_only_end_like_bodies_name_nobody(headings: tuple[str, str]) -> None:
    first, second = headings
    body = f"（一）{first}\n1.组织实施农田建设项目。\n2.指导秸秆综合利用。\n（二）{second}\n1.查处违法占地行为。\n2.按月通报。\n"
    assert parties_of(body) == [[], [], [], []]


def test_a_line_of_names_goes_on_with_the_clause_above() -> None:
    body = (
        "1.编制发展规划，报县政府审定。\n牵头单位：县发展和改革局\n责任单位：县财政局、县自然资源局、\n县住房和城乡建设局\n"
        "完成时限：2024年10月\n2.编制年度计划。\n责任单位：县统计局\n"
    )
    assert parties_of(body) == [
        ["县发展和改革局 lead", "县财政局 responsible", "县自然资源局 responsible", "县住房和城乡建设局 responsible"],
        ["县统计局 responsible"],
    ]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("抓好整改，（县发改局负责）。", "抓好整改。"),
        ("抓好整改，责任单位：县发改局。", "抓好整改。"),
        ("（县发改局牵头），抓好整改。", "抓好整改。"),
        ("抓好整改（县发改局负责），并于年底前完成。", "抓好整改，并于年底前完成。"),
    ],
)
def test_no_comma_is_left_where_a_clause_stood(text: str, left: str) -> None:
    tasks = parse(f"青岚县2024年工作方案\n一、重点任务\n1.{text}\n2.按月通报情况。\n".encode()).tasks
    assert tasks[0].text == left
    assert [party.name for party in tasks[0].parties] == ["县发改局"]
