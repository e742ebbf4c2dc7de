"""Ways to break a circular: what a careless typist, a bad copy or a poor scan does to it. Used to measure how much of the harm is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random

from wpparse.blocks import Block, Cell, Document, Paragraph, Table

Way = Callable[[list[Block], Random], bool]
"""Breaks the blocks in place; False where there is nothing of the kind to break."""

_LABEL = re.compile(r"^(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]|\d{1,2}[.．、])")
_CLAUSE = re.compile(r"[（(【〔][^（）()【】〔〕]*(?:单位|牵头|负责|配合|部门)[^（）()【】〔〕]*[）)】〕]")
_UNIT = re.compile(r"[\u4e00-\u9fff]{2,8}(?:局|委|办|厅|部|中心|政府|公司|处|科)(?=[、，；）)】\n]|$)")
_DATE = re.compile(r"\d{4}年(?:\d{1,2}月)?|\d{1,2}月(?:\d{1,2}日|底)?")
_ROLE = re.compile(r"责任单位|牵头单位|配合单位|责任部门|牵头|配合|负责")


def _texts(blocks: Sequence[Block], least: int = 1) -> list[int]:
    return [at for at, block in enumerate(blocks) if isinstance(block, Paragraph) and len(block.text) >= least]


def _plain(paragraph: Paragraph, text: str) -> Paragraph:
    """The paragraph with another text; what counts characters is dropped."""
    return replace(paragraph, text=text, spans=(), doubts=())


def _change(
    blocks: list[Block], random: Random, pattern: re.Pattern[str], change: Callable[[str], str], share: float = 0.4
) -> bool:
    """Change some of the matches in paragraphs and cells, at least one."""
    done = False
    order = list(range(len(blocks)))
    random.shuffle(order)
    for at in order:
        block = blocks[at]

        def put(found: re.Match[str]) -> str:
            nonlocal done
            if done and random.random() > share:
                return found.group()
            done = True
            return change(found.group())

        if isinstance(block, Paragraph):
            text = pattern.sub(put, block.text)
            if text != block.text:
                blocks[at] = _plain(block, text)
        else:
            cells = tuple(replace(cell, text=pattern.sub(put, cell.text), doubts=()) for cell in block.cells)
            blocks[at] = replace(block, cells=cells)
    return done


def close_lost(blocks: list[Block], random: Random) -> bool:
    """The closing bracket of clauses is lost."""
    return _change(blocks, random, _CLAUSE, lambda words: words[:-1])


def open_lost(blocks: list[Block], random: Random) -> bool:
    """The opening bracket of clauses is lost."""
    return _change(blocks, random, _CLAUSE, lambda words: words[1:])


def bracket_odd(blocks: list[Block], random: Random) -> bool:
    """Clauses stand in marks of another kind."""
    return _change(blocks, random, _CLAUSE, lambda words: f"/{words[1:-1]}/")


def unit_misspelt(blocks: list[Block], random: Random) -> bool:
    """The last character of names is another one."""
    return _change(blocks, random, _UNIT, lambda words: words[:-1] + random.choice("周闻句尸倡"))


def unit_longer(blocks: list[Block], random: Random) -> bool:
    """Words run into the name in front of them."""
    return _change(blocks, random, _UNIT, lambda words: words + random.choice(("相关工作", "等组织实施", "落实情况")))


def names_joined(blocks: list[Block], random: Random) -> bool:
    """The marks between names are lost."""
    return _change(blocks, random, _CLAUSE, lambda words: words.replace("、", "").replace("，", ""))


def role_misspelt(blocks: list[Block], random: Random) -> bool:
    """Words that give a role are misread."""
    return _change(blocks, random, _ROLE, lambda words: words.translate(str.maketrans("责牵配负", "贵奉酝员")))


def digits_spaced(blocks: list[Block], random: Random) -> bool:
    """Blanks between the characters of dates."""
    return _change(blocks, random, _DATE, " ".join, 0.7)


def date_misread(blocks: list[Block], random: Random) -> bool:
    """月 and 日 are misread, as recognition does."""
    return _change(blocks, random, _DATE, lambda words: words.translate(str.maketrans("月日年", "目曰午")))


def digits_misread(blocks: list[Block], random: Random) -> bool:
    """Digits are read as letters."""
    return _change(blocks, random, _DATE, lambda words: words.translate(str.maketrans("102", "lOz")))


def stops_lost(blocks: list[Block], random: Random) -> bool:
    """The stops of some paragraphs are lost."""
    return _change(blocks, random, re.compile(r"。"), lambda _: "", 0.5)


def label_doubled(blocks: list[Block], random: Random) -> bool:
    """A label is that of the item before it."""
    labelled = [at for at in _texts(blocks) if _LABEL.match(_text(blocks[at]))]
    pairs = list(pairwise(labelled))
    if not pairs:
        return False
    for a, b in random.sample(pairs, max(1, len(pairs) // 4)):
        first = _LABEL.match(_text(blocks[a]))
        block = blocks[b]
        if first is not None and isinstance(block, Paragraph):
            blocks[b] = _plain(block, first.group() + _LABEL.sub("", block.text))
    return True


def label_lost(blocks: list[Block], random: Random) -> bool:
    """Labels are lost."""
    return _some(blocks, random, 6, lambda text: _LABEL.sub("", text))


def label_misread(blocks: list[Block], random: Random) -> bool:
    """Labels are misread: 一、 as 一. or -、."""
    return _some(
        blocks,
        random,
        6,
        lambda text: _LABEL.sub(lambda found: found.group().translate(str.maketrans("一、（1", "—.(l")), text),
    )


def _some(blocks: list[Block], random: Random, least: int, change: Callable[[str], str]) -> bool:
    able = [at for at in _texts(blocks, least) if change(_text(blocks[at])) != _text(blocks[at])]
    if not able:
        return False
    for at in random.sample(able, max(1, len(able) // 4)):
        block = blocks[at]
        if isinstance(block, Paragraph):
            blocks[at] = _plain(block, change(block.text))
    return True


def _text(block: Block) -> str:
    return block.text if isinstance(block, Paragraph) else ""


def lines_cut(blocks: list[Block], random: Random) -> bool:
    """Every line of the page is a paragraph."""
    width = random.randint(24, 40)
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Paragraph) and len(block.text) > width:
            out += [_plain(block, block.text[at : at + width]) for at in range(0, len(block.text), width)]
        else:
            out.append(block)
    done = len(out) > len(blocks)
    blocks[:] = out
    return done


def paragraph_cut(blocks: list[Block], random: Random) -> bool:
    """Some paragraphs are cut in two in mid-sentence."""
    able = _texts(blocks, 40)
    for at in sorted(random.sample(able, max(1, len(able) // 5)) if able else [], reverse=True):
        block = blocks[at]
        if isinstance(block, Paragraph):
            cut = random.randint(12, len(block.text) - 12)
            blocks[at : at + 1] = [_plain(block, block.text[:cut]), _plain(block, block.text[cut:])]
    return bool(able)


def paragraphs_joined(blocks: list[Block], random: Random) -> bool:
    """Some paragraphs run on into the next one."""
    able = [at for at in _texts(blocks, 12) if at + 1 < len(blocks) and isinstance(blocks[at + 1], Paragraph)]
    for at in sorted(random.sample(able, max(1, len(able) // 6)) if able else [], reverse=True):
        block, below = blocks[at], blocks[at + 1]
        if isinstance(block, Paragraph) and isinstance(below, Paragraph):
            blocks[at : at + 2] = [_plain(block, block.text + (below.label or "") + below.text)]
    return bool(able)


def all_joined(blocks: list[Block], random: Random) -> bool:
    """All line ends are lost."""
    out: list[Block] = []
    for block in blocks:
        before = out[-1] if out else None
        if isinstance(block, Paragraph) and isinstance(before, Paragraph):
            out[-1] = _plain(before, before.text + (block.label or "") + block.text)
        else:
            out.append(block)
    done = len(out) + 3 < len(blocks)
    blocks[:] = out
    return done


def page_number_inside(blocks: list[Block], random: Random) -> bool:
    """A page number stands in the middle of a paragraph."""
    able = _texts(blocks, 60)
    for at in random.sample(able, max(1, len(able) // 6)) if able else []:
        block = blocks[at]
        if isinstance(block, Paragraph):
            cut = random.randint(20, len(block.text) - 20)
            blocks[at] = _plain(block, f"{block.text[:cut]}— {random.randint(2, 19)} —{block.text[cut:]}")
    return bool(able)


def clause_parted(blocks: list[Block], random: Random) -> bool:
    """A clause is cut in two by a paragraph's end."""
    able = [at for at in _texts(blocks, 20) if _CLAUSE.search(_text(blocks[at]))]
    for at in sorted(random.sample(able, max(1, len(able) // 4)) if able else [], reverse=True):
        block = blocks[at]
        found = _CLAUSE.search(_text(block))
        if isinstance(block, Paragraph) and found is not None:
            cut = (found.start() + found.end()) // 2
            blocks[at : at + 1] = [_plain(block, block.text[:cut]), _plain(block, block.text[cut:])]
    return bool(able)


def _tables(blocks: Sequence[Block]) -> list[int]:
    return [at for at, block in enumerate(blocks) if isinstance(block, Table) and block.rows > 3 and block.columns > 2]


def _redo(blocks: list[Block], change: Callable[[Cell], Cell | None]) -> bool:
    """Every larger table with its cells changed, those of None left out."""
    places = _tables(blocks)
    for at in places:
        block = blocks[at]
        if isinstance(block, Table):
            cells = tuple(cell for cell in map(change, block.cells) if cell is not None)
            blocks[at] = replace(block, cells=cells)
    return bool(places)


def column_shifted(blocks: list[Block], random: Random) -> bool:
    """In some rows each text stands one column further to the right, the last one on the left."""
    shifted = random.random
    for at in _tables(blocks):
        block = blocks[at]
        if not isinstance(block, Table):
            continue
        rows = {row for row in range(1, block.rows) if shifted() < 0.3} or {block.rows - 1}
        cells: list[Cell] = []
        for row in range(block.rows):
            own = [cell for cell in block.cells if cell.row == row]
            texts = [cell.text for cell in own]
            if row in rows:
                texts = texts[-1:] + texts[:-1]
            cells += [replace(cell, text=text, doubts=()) for cell, text in zip(own, texts, strict=True)]
        blocks[at] = replace(block, cells=tuple(cells))
    return bool(_tables(blocks))


def header_lost(blocks: list[Block], random: Random) -> bool:
    """Tables have lost the texts of their first row."""
    return _redo(blocks, lambda cell: replace(cell, text="", doubts=()) if cell.row == 0 else cell)


def cells_emptied(blocks: list[Block], random: Random) -> bool:
    """Cells here and there are empty."""
    return _redo(
        blocks, lambda cell: replace(cell, text="", doubts=()) if cell.row and random.random() < 0.12 else cell
    )


def rows_joined(blocks: list[Block], random: Random) -> bool:
    """Two rows of a table are one."""
    for at in _tables(blocks):
        block = blocks[at]
        if isinstance(block, Table):
            row = random.randint(1, block.rows - 2)
            below = {cell.column: cell for cell in block.cells if cell.row == row + 1}
            cells = []
            for cell in block.cells:
                if cell.row == row and cell.column in below:
                    cell = replace(cell, text=f"{cell.text}\n{below[cell.column].text}".strip(), doubts=())
                if cell.row != row + 1:
                    cells.append(cell)
            blocks[at] = replace(block, cells=tuple(cells))
    return bool(_tables(blocks))


WAYS: dict[str, Way] = {
    way.__name__: way
    for way in (
        close_lost, open_lost, bracket_odd, unit_misspelt, unit_longer, names_joined, role_misspelt, digits_spaced, date_misread,
        digits_misread, stops_lost, label_doubled, label_lost, label_misread, lines_cut, paragraph_cut, paragraphs_joined,
        all_joined, page_number_inside, clause_parted, column_shifted, header_lost, cells_emptied, rows_joined,
    )
}  # fmt: skip


def broken(document: Document, way: str, seed: int) -> Document | None:
    """The document broken in one way; None where it has nothing of the kind. The same seed breaks the same places."""
    blocks = list(document.blocks)
    if not WAYS[way](blocks, Random(f"{way} {seed} {document.source.sha256}")):
        return None
    return replace(document, blocks=tuple(blocks))
