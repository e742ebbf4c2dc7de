"""What users are told, in Chinese and in English, by code.

Codes of diagnostics and errors are public: they stand in the JSON and are what a user filters by.
A template is filled with named values; a value is shown as given, control characters made visible,
so that a hostile file name cannot repaint a terminal.
"""

from __future__ import annotations

from collections.abc import Mapping

_CATALOGUE: dict[str, tuple[str, str]] = {
    # errors that end a file
    "error": ("{detail}", "{detail}"),
    "unreadable": ("无法读取：{detail}", "cannot be read: {detail}"),
    "pdf-damaged": (
        "PDF 文件不完整或已损坏（下载中断？）：请重新获取，或用 PDF 阅读器打开后另存为 PDF 再试",
        "the PDF file is incomplete or damaged (an interrupted download?): fetch it again, or save it anew from a PDF viewer",
    ),
    "empty": ("文件是空的，没有可解析的内容", "the file is empty: there is nothing to parse"),
    "unsupported": ("不支持的格式：{detail}", "format not supported: {detail}"),
    "encrypted": ("文件已加密，请先去除密码再试", "the file is encrypted: remove the password and try again"),
    "scanned": (
        '这是扫描件，需要文字识别：请先运行 pip install "wpparse[ocr]"',
        'this is a scan and needs character recognition: run pip install "wpparse[ocr]" first',
    ),
    "too-large": ("文件过大或结构异常：{detail}", "the file is too large or malformed: {detail}"),
    "missing-extra": (
        '需要安装可选组件：pip install "wpparse[{extra}]"',
        'an optional component is needed: pip install "wpparse[{extra}]"',
    ),
    "output": ("无法写入 {name}：{detail}", "cannot write {name}: {detail}"),
    "grammar": ("规则有误：{detail}", "the grammar is wrong: {detail}"),
    "usage": ("{detail}", "{detail}"),
}


def register(catalogue: Mapping[str, tuple[str, str]]) -> None:
    """Add the messages of one room, as ``code -> (Chinese, English)``; a code may be given only once."""
    for code, pair in catalogue.items():
        if _CATALOGUE.get(code, pair) != pair:
            raise ValueError(f"message code given twice: {code}")
        _CATALOGUE[code] = pair


def codes() -> frozenset[str]:
    """Every code that has a message."""
    return frozenset(_CATALOGUE)


def render(code: str, language: str, values: Mapping[str, object]) -> str:
    """The message of ``code`` in ``language`` (``zh`` or ``en``), on one line."""
    template = _CATALOGUE[code][language != "zh"]
    shown = {
        name: "".join(c if c.isprintable() else repr(c)[1:-1] for c in str(value)) for name, value in values.items()
    }
    return template.format_map(_Missing(shown))


class _Missing(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"
