"""What is doubtful says so: confidence, reasons, the verdict on a circular."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from benchmarks.breaking import WAYS, broken
from benchmarks.rightness import compare
from tests.writers_plans import usual
from wpparse import load_grammar, parse, read_document
from wpparse.model import Diagnostic, WorkPlan
from wpparse.outline import build_outline
from wpparse.pipeline import understand
from wpparse.trust.circumstances import Circumstances
from wpparse.trust.parts import deadline_evidence, party_evidence, section_evidence
from wpparse.trust.rows import row_evidence
from wpparse.trust.weights import Weights
from wpparse.writers import render
from wpparse.writers.doubts import selected

SAMPLES = Path(__file__).resolve().parents[1] / "samples"

NEW = ("confidence", "reasons", "recognised", "status", "status_reasons")


def without(value: Any) -> Any:
    """A plan as it was written before there was any doubt in it."""
    if isinstance(value, dict):
        return {key: without(item) for key, item in value.items() if key not in NEW}
    return [without(item) for item in value] if isinstance(value, list) else value


def test_a_plan_of_an_earlier_version_is_read() -> None:
    text = usual().to_json()
    assert all(f'"{key}"' in text for key in NEW)
    plan = WorkPlan.from_json(json.dumps(without(json.loads(text))).encode())
    assert plan == usual()
    assert plan.status == "complete"
    assert plan.tasks[0].confidence is None


def test_the_schema_names_the_verdict() -> None:
    schema = WorkPlan.json_schema()
    assert schema["properties"]["status"]["enum"] == ["complete", "doubtful", "partial"]
    assert "confidence" in schema["$defs"]["Party"]["properties"]


BROKEN = """青岚县人民政府办公室关于印发2025年重点工作任务分解方案的通知

各乡镇人民政府，县政府各部门：

一、推进项目建设
（一）改造老旧管网三十公里，6月底前完成。（责任单位：县住建局、县财政局）
（二）修订应急预案，组织演练两次。（责任单位：县应急局）
（三）建成标准厂房八万平方米，9月底前投用。（责任单位：县工信局、县财政句）
（四）新建充电桩二百个，年底前完成。（责任单位：县发改局）
（五）整治背街小巷二十条。责任单位 县城管局
（六）推进农村公路建设，12月底前通车。（责任单位：县交通局、县财政局）

青岚县人民政府办公室
2025年3月1日
"""


def read(text: str) -> WorkPlan:
    return parse(text.encode(), name="plan.txt")


def marked(plan: WorkPlan) -> dict[str, Diagnostic]:
    """The marks by the number of the task."""
    return {found.values["number"]: found for found in plan.diagnostics if found.code.startswith("doubtful-")}


def test_every_value_has_a_confidence() -> None:
    plan = read(BROKEN)
    values = [*plan.sections, *plan.tasks]
    values += [party for task in plan.tasks for party in task.parties]
    values += [deadline for task in plan.tasks for deadline in task.deadlines]
    assert len(values) > 20
    assert all(value.confidence is not None and 0 < value.confidence < 1 for value in values)


def test_what_is_wrong_is_less_sure_than_what_is_right() -> None:
    plan = read(BROKEN)
    names = {party.name: party.confidence or 0 for task in plan.tasks for party in task.parties}
    assert names["县财政句"] < names["县财政局"]
    doubted = next(party for task in plan.tasks for party in task.parties if party.name == "县财政句")
    assert doubted.reasons


def test_a_mark_says_what_else_it_could_be() -> None:
    found = marked(read(BROKEN))
    assert "县财政句" in found["3"].message
    assert "或为：县财政局" in found["3"].message
    assert found["3"].location is not None
    assert set(found) <= {"3", "5"}


def test_every_evidence_has_words_in_both_languages_or_none() -> None:
    rows = load_grammar().table("confidence")
    assert all(bool(row["chinese"]) == bool(row["english"]) for row in rows)
    assert len({(row["of"], row["evidence"]) for row in rows}) == len(rows)
    assert {row["of"] for row in rows} >= {"party", "deadline", "section", "body", "table", "circular", "threshold"}


def test_every_evidence_is_in_the_table() -> None:
    plan, document = read(BROKEN), read_document(BROKEN.encode(), name="plan.txt")
    here = Circumstances(document, build_outline(document, load_grammar()), plan, load_grammar())
    weights = load_grammar().made(Weights)
    task = plan.tasks[0]
    for kind, evidence in (
        ("party", party_evidence(task.parties[0], task, here)),
        ("deadline", deadline_evidence(task.deadlines[0], task, here)),
        ("section", section_evidence(plan.sections[0], here)),
        ("body", row_evidence(task, here)),
    ):
        assert set(evidence) <= set(weights.of(kind))


def test_cut_lines_make_a_plan_doubtful() -> None:
    document = read_document(SAMPLES / "青岚县数字政府建设工作要点.txt")
    assert understand(document).status == "complete"
    cut = broken(document, "lines_cut", 1)
    assert cut is not None
    plan = understand(cut)
    assert plan.status != "complete"
    assert any(found.code in ("circular-doubtful", "circular-partial") for found in plan.diagnostics)
    assert plan.status_reasons


def test_strict_tells_by_its_exit_status(tmp_path: Path) -> None:
    path = tmp_path / "cut.txt"
    lines = [line[at : at + 25] for line in BROKEN.splitlines() for at in range(0, max(1, len(line)), 25)]
    path.write_text("\n\n".join(lines), encoding="utf-8")
    plan = parse(path)
    for strict, status in ((False, 0), (True, 0 if plan.status == "complete" else 4)):
        command = [sys.executable, "-m", "wpparse", str(path), "-o", str(tmp_path / "o.json")]
        assert (
            subprocess.run([*command, *(["--strict"] if strict else [])], capture_output=True, check=False).returncode
            == status
        )


def test_marks_are_seen_in_every_format(tmp_path: Path) -> None:
    import openpyxl

    plan = read(BROKEN)
    message = marked(plan)["3"].message
    (tmp_path / "a.xlsx").write_bytes(render(plan, "xlsx"))
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    cells = [cell for row in book["任务分解表"].iter_rows() for cell in row if cell.comment is not None]
    assert any(message in cell.comment.text and cell.fill.fgColor.rgb.endswith("FFF2CC") for cell in cells)
    links = [cell.hyperlink.location for row in book["核对"].iter_rows() for cell in row if cell.hyperlink is not None]
    assert links
    assert all(link.startswith("'任务分解表'!") for link in links)
    assert 'class="doubt"' in render(plan, "html").decode()
    (tmp_path / "a.docx").write_bytes(render(plan, "docx"))
    with zipfile.ZipFile(tmp_path / "a.docx") as archive:
        written = archive.read("word/document.xml").decode()
    assert "FFF2CC" in written
    assert message in written


def test_a_selection_tells_what_it_hides() -> None:
    plan = parse(SAMPLES / "锦屏区重点工作责任分解.txt")
    origins = {task.origin for task in plan.tasks}
    told = [found.code for found in selected(plan, "auto").diagnostics]
    assert ("selection-hidden" in told) == (origins == {"body", "table"})
    assert "selection-hidden" not in [found.code for found in selected(plan, "all").diagnostics]


WRONG_AND_TOLD = 0.8
"""Of the rows that a break makes wrong, so many are marked."""


@pytest.mark.slow
def test_the_harm_of_a_break_is_told() -> None:
    """Every sample, broken in every way: where a row becomes wrong, it is marked, or the whole circular is."""
    assert _share_told(sorted(SAMPLES.glob("*.txt")), list(WAYS)) >= WRONG_AND_TOLD


def test_the_harm_of_some_breaks_is_told() -> None:
    assert (
        _share_told(sorted(SAMPLES.glob("*.txt"))[:4], ["close_lost", "lines_cut", "unit_misspelt", "label_doubled"])
        >= 0.7
    )


def _share_told(paths: list[Path], ways: list[str]) -> float:
    wrong = told = 0
    for path in paths:
        document = read_document(path)
        gold = json.loads((SAMPLES / "expected" / f"{path.stem}.json").read_text(encoding="utf-8"))
        for way in ways:
            mutant = broken(document, way, 7)
            if mutant is None:
                continue
            plan = understand(mutant, anything=True)
            places = {
                (f.location.block, f.location.row) for f in plan.diagnostics if f.location and f.severity != "info"
            }
            for judged in compare(plan, gold):
                if not judged.right:
                    wrong += 1
                    told += (judged.task.location.block, judged.task.location.row) in places
    assert wrong > 20
    return told / wrong
