"""The same table in every form of dump, before every kind of tail: it is read right, and no tail stands in a row."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.dumps import FORMS, TAILS, judge, make_dump
from wpparse.blocks import Table
from wpparse.pipeline import read_document

_TOLD = ("table-reading", "txt-table")


def outcome(seed: int, form: str, tail: str, half: int) -> str:
    """What became of one dump; ``marked`` where it was read wrong and a diagnostic says so."""
    dump = make_dump(seed, form, tail, half)
    document = read_document(dump.text.encode(), name="a.txt")
    found = judge(dump, [block.grid() for block in document.blocks if isinstance(block, Table)])
    if found == "wrong" and any(remark.code.startswith(_TOLD) for remark in document.remarks):
        return "marked"
    return found


@pytest.mark.parametrize("form", FORMS)
def test_form(form: str) -> None:
    """A sample: each tail once, with the words of one half or the other."""
    counts = Counter(outcome(0, form, tail, number % 2) for number, tail in enumerate(TAILS))
    assert counts["tail"] == 0
    assert counts["right"] >= 0.9 * len(TAILS)


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_form_in_full(form: str) -> None:
    """More tables, and the words of the half that nothing was tuned on."""
    counts = Counter(outcome(seed, form, tail, 1) for seed in range(100, 110) for tail in TAILS)
    assert counts["right"] >= 0.95 * counts.total() or form.startswith(("layout", "one a line"))
    assert counts["right"] >= 0.9 * counts.total()
    assert counts["tail"] <= 0.01 * counts.total()
