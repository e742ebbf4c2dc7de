"""Pages as systems of public sites lay them out around a document of ours."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from wpparse.blocks import Block, Document, Paragraph, Table


def _table(table: Table) -> str:
    cells = {(cell.row, cell.column): cell for cell in table.cells}
    covered = {
        (cell.row + down, cell.column + right)
        for cell in table.cells
        for down in range(cell.rowspan)
        for right in range(cell.colspan)
        if down or right
    }
    rows = []
    for row in range(table.rows):
        entries = []
        for column in range(table.columns):
            cell = cells.get((row, column))
            if cell is not None:
                text = "<br/>".join(map(escape, cell.text.split("\n")))
                entries.append(f'<td rowspan="{cell.rowspan}" colspan={cell.colspan}><p><span>{text}</span></p></td>')
            elif (row, column) not in covered:
                entries.append("<td>&nbsp;</td>")
        rows.append(f"<tr>{''.join(entries)}</tr>")
    return f'<table border="1"><tbody>{"".join(rows)}</tbody></table>'


def _paragraph(block: Paragraph) -> str:
    text = (block.label or "") + block.text
    if not block.spans:
        inner = escape(text)
    else:
        inner = escape(block.label or "")
        for span in block.spans:
            piece = escape(block.text[span.start : span.end])
            style = f' style="FONT-FAMILY: {span.font}, 仿宋_GB2312; font-size: {span.size}pt"' if span.font else ""
            inner += f"<span{style}>{f'<strong>{piece}</strong>' if span.bold else piece}</span>"
    align = f' style="text-align: {block.alignment};"' if block.alignment in ("center", "right") else ""
    return f"<p{align}>　　{inner}</p>\n"


def body(blocks: tuple[Block, ...]) -> str:
    """The blocks of a document as HTML."""
    return "".join(_table(block) if isinstance(block, Table) else _paragraph(block) for block in blocks)


SHARE = '<div class="bdsharebuttonbox"><a href="#">分享到微信</a></div><script>var a = "<p>x</p>";</script>'
RELATED = (
    '<div class="related"><h3>相关信息</h3><ul><li><a href="a.html">关于印发去年工作方案的通知</a></li></ul></div>'
    '<div class="footer">主办：青岚县人民政府办公室　网站标识码：1100000001　<a href="x">网站地图</a></div>'
)


def trs(document: Document, title: str) -> bytes:
    """Metas, the title above, style inside of the text, an editor's container."""
    page = f"""<!DOCTYPE html><html><head><meta charset="UTF-8">
<meta name="SiteName" content="青岚县人民政府网"><meta name="ArticleTitle" content="{title}"/>
<meta name="PubDate" content="2024-07-01 10:20"/><meta name="ContentSource" content="本网"/>
<title>{title}_青岚县人民政府网</title><style>.a {{}}</style></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zwgk">政务公开</a></li></ul></div>
<div class="article"><h1>{title}</h1><div class="info">发布时间：2024-07-01 10:20　来源：本网　字号：[大 中 小]</div>
<div class="TRS_Editor"><style type="text/css">.TRS_Editor P{{line-height:1.5;font-size:12pt;}}</style>
<div class=TRS_Editor>{body(document.blocks)}</div></div>{SHARE}
<p>附件下载：</p></div>{RELATED}</body></html>"""
    return page.encode()


def gov(document: Document, title: str) -> bytes:
    """Tables inside of tables, a table of particulars above, GB 2312."""
    page = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{title}</title></head><body><table width=930><tr><td><table class="bd1"><tbody>
<tr><td><b>索 引 号：</b></td><td>000014349/2024-00212</td><td><b>主题分类：</b></td><td>综合政务</td></tr>
<tr><td><b>标　　题：</b></td><td colspan="3">{title}</td></tr>
<tr><td><b>发布日期：</b></td><td>2024年12月05日</td></tr></tbody></table></td></tr></table>
<table><tr><td width="675"><table><tr><td><table><tr><td class="b12c" id="UCAP-CONTENT">{body(document.blocks)}</td></tr></table>
</td></tr></table></td><td><div>扫一扫在手机打开当前页</div></td></tr></table></body></html>"""
    return page.encode("gb18030")


def plain(document: Document, title: str) -> bytes:
    """Nothing that is known by a name; the page ends itself ahead of its article."""
    page = f"""<html><head><title>{title} - 青岚县人民政府</title></head><body>
<div id="top"><a href="/">网站首页</a> &gt; <a href="/tz">通知公告</a></div></body></html>
<div class="w1200"><div class="left"><ul><li><a href="1">领导之窗</a></li><li><a href="2">机构设置</a></li></ul></div>
<div class="right"><h2>{title}</h2><div class="x37"><div>{body(document.blocks)}</div></div>{SHARE}</div></div>{RELATED}"""
    return page.encode()


def archive(document: Document, title: str) -> bytes:
    """As a browser saves a page: quoted-printable, no charset named."""
    from base64 import encodebytes
    from quopri import encodestring

    page = encodestring(trs(document, title)).decode()
    picture = encodebytes(b"\x89PNG\r\n\x1a\n" + bytes(40)).decode()
    return (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.qinglan.example/a.html\r\n"
        "Subject: =?utf-8?Q?a?=\r\nDate: Mon, 1 Jul 2024 10:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----M--x----"\r\n\r\n\r\n'
        "------M--x----\r\nContent-Type: text/html\r\nContent-ID: <f@mhtml.blink>\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\n\r\n{page}\r\n------M--x----\r\nContent-Type: image/png\r\n"
        f"Content-Transfer-Encoding: base64\r\nContent-Location: https://x/a.png\r\n\r\n{picture}\r\n------M--x------\r\n"
    ).encode()


LAYOUTS: dict[str, Callable[[Document, str], bytes]] = {"trs": trs, "gov": gov, "plain": plain, "mht": archive}
