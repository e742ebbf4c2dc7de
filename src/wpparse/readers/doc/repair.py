"""What the library finds fault with and word processors do not, put right in a copy of the file."""

from __future__ import annotations

from typing import Final

PAGE: Final = 512
"""Bytes of a page of formatting."""
_LENGTHS: Final = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
"""Bytes of an operand by the kind of a property (2.6.1, spra); kind 6 says its length itself."""
_TABLE: Final = 0xD608
"""sprmTDefTable, whose length takes two bytes."""
_TABS: Final = 0xC615
"""sprmPChgTabs, whose length may lie in its operand."""


class Formatting:
    """The pages of formatting in a file ([MS-DOC] 2.9.182 PapxFkp, 2.9.33 ChpxFkp), as they stand in it."""

    def __init__(self, data: bytes) -> None:
        """Find them. A file that has none or is damaged has no pages here."""
        from doc2docx.cfb import CompoundFile
        from doc2docx.errors import Doc2DocxError
        from doc2docx.msdoc.fib import FileInformationBlock

        self._data = data
        self._paragraphs: list[bytes] = []
        self._characters: list[bytes] = []
        try:
            compound = CompoundFile(data)
            text = bytes(compound.open_stream("WordDocument"))
            block = FileInformationBlock.parse(text)
            table = bytes(compound.open_stream(block.base.table_stream_name))
            for places, pages in ((block.plcf_bte_papx, self._paragraphs), (block.plcf_bte_chpx, self._characters)):
                numbers = _page_numbers(table[places.fc : places.fc + places.lcb])
                found = (text[number * PAGE : (number + 1) * PAGE] for number in numbers)
                pages += [page for page in found if len(page) == PAGE]
        except (Doc2DocxError, ValueError, IndexError, OverflowError):
            return

    @property
    def runs(self) -> int:
        """How many stretches of equal formatting there are, at most."""
        return sum(page[-1] for page in (*self._paragraphs, *self._characters))

    def mended(self) -> bytes | None:
        """The file without properties of paragraphs that are cut off at their end, as LibreOffice writes them into the last
        page of a document with a table; None where there are none."""
        out = self._data
        for page in self._paragraphs:
            better = _mended_page(page)
            if better != page:
                # A page of the stream lies whole in one sector of the file.
                out = out.replace(page, better, 1)
        return out if out != self._data else None


def _page_numbers(table: bytes) -> list[int]:
    """Where the pages of paragraph properties are (2.8.6, PlcBtePapx): n+1 offsets, then n page numbers of 22 bits."""
    count = (len(table) - 4) // 8
    start = 4 * (count + 1)
    return [int.from_bytes(table[at : at + 4], "little") & 0x3FFFFF for at in range(start, start + 4 * count, 4)]


def _mended_page(page: bytes) -> bytes:
    """The page with each list of properties cut where its last whole property ends."""
    out = bytearray(page)
    count = page[-1]
    for index in range(count):
        at = 4 * (count + 1) + 13 * index
        offset = 2 * page[at] if at < PAGE else 0
        if not 0 < offset < PAGE - 2:
            continue
        long = page[offset] == 0
        counter = offset + long
        start = counter + 1
        end = start + 2 * page[counter] - (not long)
        if start + 2 > end or end > PAGE - 1:
            continue
        rest = end - (start + 2) - _whole(page[start + 2 : end])
        if rest > 1 and rest // 2 < page[counter]:
            out[counter] = page[counter] - rest // 2
            if rest % 2:
                out[start + 2 * out[counter] - (not long) - 1] = 0
    return bytes(out)


def _whole(properties: bytes) -> int:
    """How many bytes the whole properties at the start take."""
    position = 0
    while position + 2 < len(properties):
        code = int.from_bytes(properties[position : position + 2], "little")
        length = _LENGTHS.get(code >> 13)
        if length is None:
            if code == _TABS and properties[position + 2] == 0xFF:
                return len(properties)  # rare and never cut
            size = 2 if code == _TABLE else 1
            length = int.from_bytes(properties[position + 2 : position + 2 + size], "little") + 1
        if position + 2 + length > len(properties):
            break
        position += 2 + length
    return position
