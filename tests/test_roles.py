"""Each word that gives a role, in each of its uses: clause, bare label, verb and column; each pair of brackets."""

from __future__ import annotations

import pytest

from wpparse import brackets
from wpparse.blocks import Document, Paragraph, Source
from wpparse.extract.parties.clauses import find_clauses
from wpparse.extract.tables.header import header_hit
from wpparse.grammar import load_grammar
from wpparse.pipeline import understand

KINDS = {"role_lead": "lead", "role_support": "support", "role_bearing": "responsible"}
WORDS = [(word, role) for words, role in KINDS.items() for word in sorted(load_grammar().words(words))]
NOT_VERBS = {"首要责任", "第一责任", "责任", "完成"}
"""Behind a name these say nothing: 县财政局责任, 县财政局完成."""
NOT_BARE = {"首要责任", "第一责任", "总负责"}
PAIRS = [
    (brackets.opening(kind)[place], brackets.closing(kind)[place])
    for kind in (brackets.ASIDE, brackets.FRAME)
    for place in range(len(kind) // 2)
]


def named(text: str) -> list[tuple[str, str]]:
    clauses = find_clauses(text, load_grammar())
    return [(mention.name, mention.role) for clause in clauses for mention in clause.units.mentions]


@pytest.mark.parametrize(("word", "role"), WORDS)
def test_label(word: str, role: str) -> None:
    assert named(f"推进整治。（{word}单位：县财政局、县公安局）") == [("县财政局", role), ("县公安局", role)]


@pytest.mark.parametrize(("word", "role"), [pair for pair in WORDS if pair[0] not in NOT_BARE])
def test_bare_label(word: str, role: str) -> None:
    assert named(f"推进整治。（{word}：县财政局）") == [("县财政局", role)]


@pytest.mark.parametrize(("word", "role"), [pair for pair in WORDS if pair[0] not in NOT_VERBS])
def test_verb(word: str, role: str) -> None:
    assert named(f"推进整治（县财政局{word}）。") == [("县财政局", role)]


@pytest.mark.parametrize(("word", "role"), WORDS)
def test_column(word: str, role: str) -> None:
    hit = header_hit(f"{word}单位", load_grammar())
    assert hit is not None
    assert hit.rule.kind == role


@pytest.mark.parametrize("word", sorted(load_grammar().words("role_watching")))
def test_who_watches_answers_for_nothing(word: str) -> None:
    assert named(f"推进整治。（责任单位：县财政局；{word}单位：县委督查室）") == [("县财政局", "responsible")]
    hit = header_hit(f"{word}单位", load_grammar())
    assert hit is None or hit.rule.kind not in KINDS.values()


@pytest.mark.parametrize(("opens", "closes"), PAIRS)
def test_every_pair_of_brackets(opens: str, closes: str) -> None:
    assert named(f"推进整治。{opens}责任单位：县财政局{closes}") == [("县财政局", "responsible")]
    assert named(f"推进整治{opens}牵头单位：县财政局；配合单位：各镇{closes}。") == [
        ("县财政局", "lead"),
        ("各镇", "support"),
    ]


@pytest.mark.parametrize("joint", ["：", ":", "—", "——", "－", "→"])
def test_between_label_and_names(joint: str) -> None:
    assert named(f"推进整治。（责任单位{joint}县财政局）") == [("县财政局", "responsible")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("推进整治。（责任单位：☑县水利局□县交通局）", ["县水利局"]),
        ("推进整治。（责任单位：□县水利局☑县交通局，☑县财政局；完成时限：6月底）", ["县交通局", "县财政局"]),
        ("推进整治。（责任单位：☐县水利局■县交通局）", ["县交通局"]),
        ("推进整治。（责任单位：□县水利局□县交通局）", ["县水利局", "县交通局"]),  # bullets
    ],
)
def test_the_ticked_one(text: str, names: list[str]) -> None:
    assert [name for name, _ in named(text)] == names


@pytest.mark.parametrize("text", ["落实「谁主管谁负责」的要求。", "推进〈责任清单〉编制。", "对〈单位〉名称进行规范。"])
def test_marks_without_a_clause(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize("text", ["推进整治，责任单位=县财政局", "推进整治（县财政局负责〉。"])
def test_a_clause_left_in_a_text_is_told(text: str) -> None:
    lines = ["青岚县2024年工作要点", "一、重点任务", f"1.{text}", "2.加强宣传。"]
    plan = understand(Document(Source("case.txt", "txt", "0" * 64), tuple(map(Paragraph, lines))))
    assert "clause-unread" in [found.code for found in plan.diagnostics]
