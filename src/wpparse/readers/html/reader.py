"""Web pages: saved ones, and what sites publish as a page or word processors save as one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from lxml import etree

from wpparse.blocks import Block, Document, Paragraph, Remark, Source, Table
from wpparse.errors import EmptyFile, TooLarge, UnreadableFile, UnsupportedFormat
from wpparse.messages import register
from wpparse.readers.encoding import decode
from wpparse.readers.html.article import find_article
from wpparse.readers.html.flow import Flow, FlowReader
from wpparse.readers.html.particulars import find_particulars, find_title

if TYPE_CHECKING:
    from wpparse.readers.options import ReadOptions

register(
    {
        "html-files": (
            "网页链接的附件未读取：{names}",
            "files that the page links to were not read: {names}",
        ),
        "html-only-files": (
            "网页上没有正文，正文在附件中，请下载后解析附件：{names}",
            "the page has no text of its own, it is in a file: download and parse {names}",
        ),
        "html-only-pictures": (
            "网页上的正文是图片，未读取（{count} 张）",
            "the text of the page is pictures that were not read ({count})",
        ),
        "html-damaged": ("网页中有{count}个字符无法解码", "{count} characters of the page cannot be decoded"),
        "html-no-text": (
            "网页中没有可读取的正文（可能由脚本生成）：请在浏览器中打开，将正文存为 .docx 或 .txt 后再试",
            "the page has no text to read (a script may make it): open it in a browser and save its text as .docx or .txt",
        ),
    }
)

MAX_BYTES: Final = 20 * 2**20
"""A larger page is refused: pictures are no part of it."""
_LITTLE: Final = 80
"""Characters with which a page has no text of its own, where it offers a file or shows pictures."""
_ENDS: Final = re.compile(r"(?i)</(?:html|body)\s*>")
"""Some pages close themselves before the article; a browser reads on."""
_DECLARED: Final = re.compile(r"\A\s*<\?xml[^>]*\?>")
_NO_TEXT: Final = re.compile("[\0\ufeff\ufffc\ufffe\uffff]")
_MOST_NAMES: Final = 10


def read_html(data: bytes, source: Source, options: ReadOptions) -> Document:
    """The article on a page, and what the page says about it; nothing is fetched, no script is run.

    Raises :class:`UnsupportedFormat` where the page only offers a file, :class:`EmptyFile`, :class:`TooLarge`.
    """
    if len(data) > MAX_BYTES:
        raise TooLarge(detail=f"> {MAX_BYTES // 2**20} MB")
    decoded = decode(data)
    remarks = [Remark("html-damaged", "warning", (("count", str(decoded.damaged)),))] if decoded.damaged else []
    root = _parse(decoded.text)
    articles = find_article(root)
    reader = FlowReader()
    for article in articles:
        reader.read(article)
    flow = reader.flow
    title = find_title(root, articles[0], flow.blocks)
    blocks: list[Block] = [Paragraph(title, alignment="center"), *flow.blocks] if title is not None else flow.blocks
    remarks += _left_out(flow, title is not None)
    return Document(
        replace(source, encoding=decoded.encoding), tuple(blocks), tuple(remarks), find_particulars(root, articles)
    )


def _parse(text: str) -> etree._Element:
    text = _ENDS.sub("", _NO_TEXT.sub("", _DECLARED.sub("", text, count=1)))
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_blank_text=False)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile("html-no-text") from error
    if root is None:
        raise EmptyFile
    return root


def _left_out(flow: Flow, titled: bool) -> list[Remark]:
    """What the page shows or offers and is not read. Raises where there is nothing else."""
    size = sum(len(block.text) if isinstance(block, Paragraph) else _size(block) for block in flow.blocks)
    names = "、".join(flow.files[:_MOST_NAMES])
    if not size and not titled:
        if names:
            raise UnsupportedFormat("html-only-files", names=names)
        raise UnreadableFile("html-no-text")
    if names:
        code = "html-only-files" if size - sum(map(len, flow.files)) < _LITTLE else "html-files"
        return [Remark(code, "warning" if code == "html-only-files" else "info", (("names", names),))]
    if flow.pictures and size < _LITTLE:
        return [Remark("html-only-pictures", "warning", (("count", str(flow.pictures)),))]
    return []


def _size(table: Table) -> int:
    return sum(len(cell.text) for cell in table.cells)
