"""Imported once by the process from which workers are forked: each begins with everything loaded and compiled."""

from __future__ import annotations

import contextlib

import wpparse.layout.book
import wpparse.layout.text
import wpparse.readers.docx.reader
import wpparse.readers.pdf.reader
import wpparse.readers.text.reader
import wpparse.writers.csv
import wpparse.writers.json  # noqa: F401  # only to have them loaded
from wpparse.grammar.compiled import keep
from wpparse.pipeline import parse

_SPECIMEN = """云川省人民政府办公室关于印发2024年政务公开工作要点的通知
各市人民政府：
一、加强信息公开
（一）及时公开信息。2024年9月底前完成，每季度更新一次。（责任单位：省发展改革委、各市人民政府）
二、组织保障
1.各市人民政府要加强领导，年底前报送总结。（省政府办公厅牵头，省财政厅等部门配合）
2024年3月1日
"""

with contextlib.suppress(Exception):  # a failure here will show, with its file, in the work itself
    parse(_SPECIMEN.encode(), name="specimen.txt").to_json()
    keep()
