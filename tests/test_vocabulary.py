"""What circulars say stands in grammars/: the few Chinese words in code are counted, each with its reason."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "wpparse"
HAN = re.compile(r"[\u3400-\u9fff]")
SAYING = ("messages.py", "writers", "cli", "batch")
"""Rooms that speak to users in words of their own."""
SPEAKS = frozenset({"register", "define", "say"})
"""Functions that are given messages, in Chinese and in English."""

ALLOWED = {
    "text.py": (104, "characters that mean the same: radicals; what hides between ideographs"),
    "numerals.py": (26, "numerals"),
    "enumerators.py": (5, "numerals, and what is numbered with 第"),
    "readers/docx/counting.py": (18, "the numbers that Word makes"),
    "readers/docx/blocks.py": (4, "the title of Word's own table of contents, and page numbers in its fields"),
    "readers/encoding.py": (2, "the range of ideographs"),
    "extract/parties/canonical.py": (3, "the marker of a column in names.tsv; government in short and in full"),
    "extract/parties/names.py": (8, "等 and level words, which are characters of the language rather than vocabulary"),
    "extract/parties/subjects.py": (4, "等 and 的"),
    "extract/parties/clauses.py": (1, "how many of something: a measure"),
    "extract/parties/commands.py": (
        10,
        "function words beside which a body is commanded, and words that begin like the end of a name",
    ),
    "extract/parties/predicate.py": (24, "function words, and what a verb takes behind it"),
    "extract/parties/shape.py": (20, "function words, and what a name of a body is built of"),
    "extract/assemble.py": (1, "各"),
    "extract/deadlines/find.py": (1, "numerals of the days of a week"),
    "extract/deadlines/evidence.py": (1, "的"),
    "extract/deadlines/writing.py": (11, "how dates are written"),
    "extract/body.py": (1, "the shape of a date"),
    "extract/tables/reading.py": (1, "the shape of a year"),
    "readers/registry.py": (26, "what the table of formats says to users"),
    "layout/justified.py": (4, "shapes of dates and of spread characters"),
    "readers/html/article.py": (1, "the range of ideographs"),
    "readers/html/looks.py": (8, "names of fonts"),
    "readers/odt/lists.py": (20, "the numbers that OpenDocument makes"),
    "outline/regions.py": (1, "years that name a part of a review"),
    "outline/split.py": (1, "the range of ideographs"),
    "readers/sheet/looks.py": (23, "how Excel writes dates"),
    "readers/sheet/reader.py": (1, "how spreadsheets name sheets that nobody named"),
    "trust/circumstances.py": (1, "the shape of a label"),
    "trust/marks.py": (2, "what a mark says to a reader"),
    "trust/parts.py": (11, "signs that a value may be cut or misread; they belong in the grammar"),
    "trust/rows.py": (9, "signs that a row may be cut or misread; they belong in the grammar"),
    "trust/verdict.py": (12, "what the verdict says to a reader"),
    "trust/circular.py": (6, "the range of ideographs; names of columns of our own files"),
    "layout/furniture.py": (2, "the shape of a page number"),
    "layout/collapsed.py": (5, "labels, dates, 附件 and 抄送 in a text that lost its line ends"),
    "layout/paragraphs.py": (3, "附件"),
    "layout/text_lines.py": (7, "page numbers, dates, document numbers, 附件 and 抄送 in lines"),
    "layout/grids": (16, "names of number columns, sums and notes, dates"),
}
"""How many Chinese literals a file, or a folder, may have. It may become fewer."""


def literals(path: Path) -> Iterator[str]:
    """The Chinese strings of a file that are neither documentation nor messages."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(id(node.value))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SPEAKS:
            passed.update(map(id, ast.walk(node)))
        if isinstance(node, ast.keyword) and node.arg == "detail":
            passed.update(map(id, ast.walk(node)))
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in passed or not isinstance(node.value, str):
            continue
        if HAN.search(node.value):
            yield node.value


def place(path: Path) -> str | None:
    """The entry of :data:`ALLOWED` that counts for a file."""
    name = path.relative_to(SOURCE).as_posix()
    if name.split("/")[0] in SAYING:
        return None
    return next((entry for entry in ALLOWED if name == entry or name.startswith(entry + "/")), name)


def test_chinese_words_stand_in_the_grammar() -> None:
    counted: dict[str, list[str]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        entry = place(path)
        if entry is not None:
            counted.setdefault(entry, []).extend(literals(path))
    over = {entry: found for entry, found in counted.items() if found and len(found) > ALLOWED.get(entry, (0, ""))[0]}
    assert not over, "put these words into grammars/"


@pytest.mark.parametrize(
    ("code", "count"), [('"""关于"""\nX = "通知"', 1), ('register({"a": ("甲", "b")})', 0), ("X = 'a'", 0)]
)
def test_what_is_counted(code: str, count: int, tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(code, encoding="utf-8")
    assert len(list(literals(tmp_path / "a.py"))) == count
