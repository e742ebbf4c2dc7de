"""OFD (GB/T 33190) → :class:`wpparse.page.Pages`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wpparse.blocks import Particular, Remark, Source
from wpparse.errors import EncryptedFile, UnreadableFile
from wpparse.messages import register
from wpparse.page import PageContent, Pages
from wpparse.readers.ofd.drawing import Drawing
from wpparse.readers.ofd.geometry import POINTS, Box, box
from wpparse.readers.ofd.package import Element, Package, child, children, local, text_of
from wpparse.readers.ofd.resources import Resources
from wpparse.readers.ofd.tags import read_tags
from wpparse.readers.options import ReadOptions

MAX_PAGES = 5_000
"""Pages that are read; a longer file is no circular."""
_A4: Box = (0.0, 0.0, 210.0, 297.0)

register({
    "ofd-damaged": ("OFD文件不完整或已损坏：请重新获取，或用OFD阅读器打开后另存",
                    "the OFD file is incomplete or damaged: fetch it again, or save it anew in an OFD reader"),
    "encrypted-ofd": ("OFD文件已加密：请在OFD阅读器中去除保护后再试",
                      "the OFD file is encrypted: remove the protection in an OFD reader and try again"),
    "ofd-page-damaged": ("第{pages}页已损坏，未能读取", "page {pages} is damaged and was not read"),
    "ofd-annotations": ("第{pages}页有批注或印章{count}处，未读取", "page {pages}: {count} annotations or stamps were not read"),
    "ofd-seal": ("文件带有电子印章，印章上的文字未读取", "the file bears an electronic seal; its text was not read"),
    "ofd-attachments": ("OFD文件内附有其他文件，未读取：{names}", "the OFD file holds other files that were not read: {names}"),
    "ofd-several": ("OFD文件内有{count}个文档，已依次读取", "the OFD file holds {count} documents; they were read one after the other"),
    "ofd-pages-left": ("文件共{count}页，只读取前{read}页", "the file has {count} pages; only the first {read} were read"),
    "ofd-unmapped": ("第{pages}页有{count}个字无法识别（字体未说明是什么字）",
                     "page {pages}: {count} characters cannot be told, the font does not say what they are"),
    "ofd-page-truncated": ("第{pages}页的内容过多，未全部读取", "page {pages} holds too much; the rest was not read"),
    "ofd-picture": ("第{pages}页是图像，文字未读取：请导出为PDF后再试",
                    "page {pages} is a picture, its text was not read: export the file as PDF"),
})  # fmt: skip


def read_ofd(data: bytes, source: Source, options: ReadOptions) -> Pages:
    """What lies on the pages of an OFD file; several documents in one file follow one another.

    Raises :class:`EncryptedFile`, :class:`UnreadableFile` where there is no page, :class:`wpparse.errors.TooLarge`.
    """
    package = Package(data)
    root = package.tree("ofd.xml")
    if any(name.endswith("encryptions.xml") for name in package.names()):
        raise EncryptedFile("encrypted-ofd")
    if root is None:
        raise UnreadableFile("ofd-damaged")
    documents = [
        document
        for body in children(root, "DocBody")
        if (document := _open(package, body)) is not None and document.pages
    ]
    if not documents:
        raise UnreadableFile("ofd-damaged")
    return Pages(source, _contents(package, documents, options), documents[0].particulars)


@dataclass(frozen=True, slots=True)
class _Document:
    """One DocBody: where its pages are and what they refer to."""

    part: str
    pages: tuple[tuple[str, str], ...]
    """Id and part of each page."""
    area: Box
    templates: dict[str, str]
    resources: Resources
    annotations: dict[str, str]
    """Parts with the annotations of a page, by its id."""
    sealed: bool
    attached: tuple[str, ...]
    particulars: tuple[Particular, ...]


def _open(package: Package, body: Element) -> _Document | None:
    part = package.resolve("ofd.xml", text_of(child(body, "DocRoot")))
    root = package.tree(part)
    if root is None:
        return None
    resources = Resources()
    common = child(root, "CommonData")
    templates: dict[str, str] = {}
    area = _A4
    for element in children(common) if common is not None else ():
        kind = local(element)
        if kind in ("PublicRes", "DocumentRes"):
            resources.read(package, package.resolve(part, text_of(element)))
        elif kind == "TemplatePage":
            templates[element.get("ID") or ""] = package.resolve(part, element.get("BaseLoc") or "")
        elif kind == "PageArea":
            area = _area(element) or area
    listed = child(root, "Pages")
    pages = tuple(
        (page.get("ID") or "", package.resolve(part, page.get("BaseLoc") or ""))
        for page in (children(listed, "Page") if listed is not None else ())
    )
    return _Document(
        part, pages, area, templates, resources, _annotations(package, part, root),
        bool(text_of(child(body, "Signatures"))), _attached(package, part, root),
        read_tags(package, part, root, dict(pages)),
    )  # fmt: skip


def _area(element: Element | None) -> Box | None:
    """What of a page is shown: its CropBox is for printers, the ApplicationBox what a reader shows (7.5)."""
    if element is None:
        return None
    for name in ("ApplicationBox", "PhysicalBox"):
        found = box(text_of(child(element, name)))
        if found is not None and found[2] > 1 and found[3] > 1:
            return found
    return None


def _annotations(package: Package, part: str, root: Element) -> dict[str, str]:
    at = package.resolve(part, text_of(child(root, "Annotations")) or "-")
    tree = package.tree(at)
    if tree is None:
        return {}
    return {
        page.get("PageID") or "": package.resolve(at, text_of(child(page, "FileLoc")))
        for page in children(tree, "Page")
    }


def _attached(package: Package, part: str, root: Element) -> tuple[str, ...]:
    tree = package.tree(package.resolve(part, text_of(child(root, "Attachments")) or "-"))
    if tree is None:
        return ()
    return tuple(element.get("Name") or "?" for element in children(tree, "Attachment"))


def _contents(package: Package, documents: list[_Document], options: ReadOptions) -> Iterator[PageContent]:
    count = sum(len(document.pages) for document in documents)
    number = 0
    for document in documents:
        for key, part in document.pages:
            if number == MAX_PAGES:
                return
            number += 1
            content = _page(package, document, part, number)
            content.of = count
            if number == 1:
                content.remarks += _about(documents, count)
            _remark(content, package, document, key)
            yield content
            if options.on_page:
                options.on_page(number, count)


def _about(documents: list[_Document], count: int) -> Iterator[Remark]:
    if len(documents) > 1:
        yield Remark("ofd-several", "info", (("count", str(len(documents))),))
    if any(document.sealed for document in documents):
        yield Remark("ofd-seal", "info")
    names = [name for document in documents for name in document.attached]
    if names:
        yield Remark("ofd-attachments", "warning", (("names", "、".join(names[:10])),))
    if count > MAX_PAGES:
        yield Remark("ofd-pages-left", "warning", (("count", str(count)), ("read", str(MAX_PAGES))))


def _page(package: Package, document: _Document, part: str, number: int) -> PageContent:
    content = PageContent(number)
    root = package.tree(part)
    if root is None:
        content.missing = "damaged"
        return content
    area = _area(child(root, "Area")) or document.area
    content.width, content.height = area[2] * POINTS, area[3] * POINTS
    for resource in children(root, "PageRes"):
        document.resources.read(package, package.resolve(part, text_of(resource)))
    drawing = Drawing(content, document.resources, (area[0], area[1]))
    below = [use for use in children(root, "Template") if use.get("ZOrder") != "Foreground"]
    above = [use for use in children(root, "Template") if use.get("ZOrder") == "Foreground"]
    for use in below:
        _draw(package, drawing, document.templates.get(use.get("TemplateID") or "", ""))
    body = child(root, "Content")
    if body is not None:
        drawing.read(body)
    for use in above:
        _draw(package, drawing, document.templates.get(use.get("TemplateID") or "", ""))
    drawing.finish()
    return content


def _draw(package: Package, drawing: Drawing, part: str) -> None:
    root = package.tree(part)
    body = child(root, "Content") if root is not None else None
    if body is not None:
        drawing.read(body)


def _remark(content: PageContent, package: Package, document: _Document, key: str) -> None:
    number = str(content.number)
    place = (("pages", number),)
    if content.missing == "damaged":
        content.remarks.append(Remark("ofd-page-damaged", "error", place, page=content.number))
        return
    if not content.glyphs and content.image_share > 0.5:
        content.missing = "picture"
        content.remarks.append(Remark("ofd-picture", "error", place, page=content.number))
    if content.unmapped:
        content.remarks.append(
            Remark("ofd-unmapped", "warning", (*place, ("count", str(content.unmapped))), page=content.number)
        )
    if content.truncated:
        content.remarks.append(Remark("ofd-page-truncated", "error", place, page=content.number))
    notes = package.tree(document.annotations.get(key, ""))
    count = sum(1 for _ in children(notes, "Annot")) if notes is not None else 0
    if count:
        content.remarks.append(Remark("ofd-annotations", "info", (*place, ("count", str(count))), page=content.number))
