"""OFD files: the samples' pages written as OFD say what the samples say, in whatever manner they are written."""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.ofd_builder import Manner, build
from wpparse import WorkPlan, WpparseError, parse
from wpparse.blocks import Source
from wpparse.errors import EncryptedFile, UnreadableFile
from wpparse.page import Glyph, PageContent, Pages, Style
from wpparse.readers.ofd.geometry import numbers, subpaths
from wpparse.readers.ofd.reader import read_ofd
from wpparse.readers.options import ReadOptions
from wpparse.readers.pdf.reader import read_pdf

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
SOURCE = Source("x.ofd", "ofd", "0")
MANNERS = {
    "plain": Manner(),
    "no prefix, absolute": Manner(prefix="", absolute=True),
    "scaled": Manner(scaled=True, grouped=True),
    "composite": Manner(composite=True, nested=True),
    "stroked, shuffled": Manner(stroked_rules=True, shuffled=True),
    "on its side": Manner(turned=True),
}


def pages_of(path: Path) -> list[PageContent]:
    content = read_pdf(path.read_bytes(), SOURCE, ReadOptions())
    assert isinstance(content, Pages)
    return list(content.contents)


def bare(plan: WorkPlan) -> WorkPlan:
    return replace(plan, source=replace(plan.source, name="", format="", sha256=""))


@pytest.mark.parametrize("manner", MANNERS.values(), ids=MANNERS)
def test_a_sample_in_each_manner(manner: Manner) -> None:
    path = SAMPLES / "青岚县数字政府建设工作要点.pdf"
    assert bare(parse(build(pages_of(path), manner))) == bare(parse(path))


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.pdf")), ids=lambda path: path.stem)
def test_each_sample(path: Path) -> None:
    plan = parse(build(pages_of(path)), name="x.ofd")
    assert plan.source.format == "ofd"
    assert bare(plan) == bare(parse(path))


def page(*glyphs: Glyph) -> PageContent:
    return PageContent(1, 595.0, 842.0, list(glyphs))


def line(text: str, y: float, size: float = 16.0, x: float = 80.0) -> list[Glyph]:
    style = Style("仿宋", size)
    return [Glyph(char, x + size * i, x + size * (i + 1), y, style) for i, char in enumerate(text)]


def with_part(data: bytes, name: str, change: str | None, new: str = "") -> bytes:
    """The package with a string in a part replaced, or a part added (``change`` None)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as archive:
        for entry in old.namelist():
            text = old.read(entry).decode()
            if entry == name and change is not None:
                assert change in text
                text = text.replace(change, new)
            archive.writestr(entry, text)
        if change is None:
            archive.writestr(name, new)
    return out.getvalue()


CONTENT = "Doc_0/Pages/Page_0/Content.xml"


def read(data: bytes) -> list[PageContent]:
    return list(read_ofd(data, SOURCE, ReadOptions()).contents)


def test_places_and_look() -> None:
    data = build([page(*line("县教育局", 100.0))])
    [got] = read(data)
    assert "".join(glyph.text for glyph in got.glyphs) == "县教育局"
    first = got.glyphs[0]
    assert (round(first.x0, 1), round(first.x1, 1), round(first.y, 1), first.style.size) == (80.0, 96.0, 100.0, 16.0)
    assert not first.style.bold
    [heavy] = read(with_part(data, CONTENT, 'Font="1"', 'Font="1" Weight="700"'))
    assert heavy.glyphs[0].style.bold
    [traced] = read(with_part(data, CONTENT, 'Font="1"', 'Font="1" Stroke="true" LineWidth="0.2"'))
    assert traced.glyphs[0].style.bold


def test_what_is_not_to_be_seen_is_left_out() -> None:
    data = build([page(*line("县教育局", 100.0))])
    assert not read(with_part(data, CONTENT, 'Font="1"', 'Font="1" Visible="false"'))[0].glyphs
    assert not read(with_part(data, CONTENT, 'Font="1"', 'Font="1" Alpha="0"'))[0].glyphs


def test_colors() -> None:
    red = [replace_color(glyph, "EE2025") for glyph in line("县人民政府文件", 100.0)]
    data = build([page(*red)])
    assert read(data)[0].glyphs[0].style.color == "EE2025"
    hexed = with_part(data, CONTENT, 'Value="238 32 37"', 'Value="#ee #20 #25"')
    assert read(hexed)[0].glyphs[0].style.color == "EE2025"


def replace_color(glyph: Glyph, color: str) -> Glyph:
    glyph.style = replace(glyph.style, color=color)
    return glyph


def test_a_glyph_without_a_character_is_counted_and_said() -> None:
    data = with_part(build([page(*line("县教育局", 100.0))]), CONTENT, "县教育局", "县教¤局")
    [got] = read(data)
    assert got.unmapped == 1
    assert [remark.code for remark in got.remarks] == ["ofd-unmapped"]


def test_a_text_code_without_a_place_takes_the_last_one() -> None:
    data = build([page(*line("县教育局", 100.0))])
    data = with_part(data, CONTENT, "</ofd:TextCode>", "</ofd:TextCode><ofd:TextCode>、</ofd:TextCode>")
    got = read(data)[0].glyphs
    assert got[-1].text == "、"
    assert abs(got[-1].y - 100.0) < 0.1


def test_templates_lie_below_or_above() -> None:
    data = build([page(*line("县教育局", 100.0))])
    template = f'<ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Content>{LAYER}</ofd:Content></ofd:Page>'
    data = with_part(data, "Doc_0/Tpls/T.xml", None, template)
    data = with_part(
        data, "Doc_0/Document.xml", "</ofd:CommonData>",
        '<ofd:TemplatePage ID="7" BaseLoc="Tpls/T.xml"/></ofd:CommonData>',
    )  # fmt: skip
    data = with_part(data, CONTENT, "<ofd:Content>", '<ofd:Template TemplateID="7" ZOrder="Background"/><ofd:Content>')
    assert "".join(glyph.text for glyph in read(data)[0].glyphs) == "眉县教育局"


LAYER = (
    '<ofd:Layer><ofd:TextObject Boundary="10 10 10 10" Size="5" Font="1">'
    '<ofd:TextCode X="0" Y="5">眉</ofd:TextCode></ofd:TextObject></ofd:Layer>'
)


def test_several_documents_in_one_file() -> None:
    data = build([page(*line("县教育局", 100.0))])
    again = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    got = read(with_part(data, "OFD.xml", "</ofd:OFD>", again))
    assert [one.number for one in got] == [1, 2]
    assert got[0].of == 2
    assert "ofd-several" in [remark.code for remark in got[0].remarks]


def test_tags_of_a_circular_are_evidence_for_its_header() -> None:
    lines = [*line("青岚县人民政府办公室", 100.0), *line("关于做好防汛工作的通知", 160.0, x=120.0)]
    data = build([page(*lines)])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read(CONTENT).decode()
    first, second = 'ID="9"', 'ID="9"'
    text = text.replace(first, 'ID="21"', 1).replace(second, 'ID="22"', 1)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as archive:
        for name in old.namelist():
            archive.writestr(name, text if name == CONTENT else old.read(name))
        archive.writestr("Doc_0/Tags/CustomTags.xml", tag_list("Tag_OfficeDoc.xml"))
        archive.writestr("Doc_0/Tags/Tag_OfficeDoc.xml", TAGS)
    data = with_part(
        out.getvalue(),
        "Doc_0/Document.xml",
        "</ofd:Pages>",
        "</ofd:Pages><ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags>",
    )
    content = read_ofd(data, SOURCE, ReadOptions())
    assert [(one.name, one.value) for one in content.particulars] == [
        ("发文机关", "青岚县人民政府办公室"), ("标题", "关于做好防汛工作的通知"),
    ]  # fmt: skip


def tag_list(name: str) -> str:
    return (
        f'<ofd:CustomTags xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CustomTag TypeID="0"><ofd:FileLoc>{name}</ofd:FileLoc>'
        "</ofd:CustomTag></ofd:CustomTags>"
    )


TAGS = (
    '<t:公文 xmlns:t="urn:t" xmlns:ofd="http://www.ofdspec.org/2016"><t:版头><t:发文机关><ofd:ObjectRef PageRef="1">21</ofd:ObjectRef>'
    '</t:发文机关></t:版头><t:标题><ofd:ObjectRef PageRef="1">22</ofd:ObjectRef></t:标题></t:公文>'
)


def test_refusals() -> None:
    data = build([page(*line("县教育局", 100.0))])
    with pytest.raises(EncryptedFile):
        read(with_part(data, "Encryptions.xml", None, "<x/>"))
    with pytest.raises(UnreadableFile, match="OFD"):
        read(with_part(data, "OFD.xml", "Document.xml", "Nothing.xml"))
    [damaged] = read(with_part(data, CONTENT, "<?xml", "<"))
    assert damaged.missing == "damaged" or damaged.glyphs


def test_numbers_and_paths() -> None:
    assert numbers("1 g 3 5.5 2") == [1.0, 5.5, 5.5, 5.5, 2.0]
    assert numbers("nan inf 1e99 x") == [0.0, 0.0, 0.0, 0.0]
    assert len(numbers("g 999999999 1")) == 100_000
    assert list(subpaths("M 0 0 L 1 0 L 1 1 C", 99)) == [([(0, 0), (1, 0), (1, 1), (0, 0)], False)]
    assert list(subpaths("M 0 0 B 1 1 2 2 3 3", 99)) == [([(0, 0), (3, 3)], True)]


def mutants(seed: int, count: int) -> None:
    chance = random.Random(seed)
    data = build(pages_of(SAMPLES / "石桥镇防汛抗旱工作方案.pdf")[:2], Manner(composite=seed % 2 == 0))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(count):
        out = io.BytesIO()
        spoilt = chance.choice(list(parts))
        with zipfile.ZipFile(out, "w") as archive:
            for name, text in parts.items():
                archive.writestr(name, _spoil(text, chance) if name == spoilt else text)
        try:
            parse(out.getvalue() if chance.random() < 0.8 else _spoil(data, chance))
        except WpparseError:
            continue


def _spoil(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 5)):
        begin = chance.randrange(len(data))
        end = min(len(data), begin + chance.randint(1, 60))
        match chance.randrange(5):
            case 0:
                data = data[:begin] + data[end:]
            case 1:
                data = data[:begin] + data[begin:end] * 3 + data[end:]
            case 2:
                data = data[:begin] + bytes(chance.randrange(256) for _ in range(end - begin)) + data[end:]
            case 3:
                data = data.replace(b"0", chance.choice((b"1e30", b"nan", b"-9", b"")), chance.randint(1, 9))
            case _:
                data = (
                    data[:begin] + chance.choice((b'"', b"<", b"&x;", b"</ofd:Page>", b"g 9999999 1 ")) + data[begin:]
                )
        data = data or b"x"
    return data


def test_mutants() -> None:
    mutants(1, 60)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_many_mutants(seed: int) -> None:
    mutants(100 + seed, 100)
