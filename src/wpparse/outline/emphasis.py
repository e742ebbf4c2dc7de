"""Emphasis: where a line begins in another type than it goes on."""

from __future__ import annotations

import re

from wpparse.outline.lines import Line

_HAN = re.compile(r"[\u3400-\u9fff]")


def emphasised_end(line: Line, start: int) -> int | None:
    """Where the emphasised beginning of ``line.text[start:]`` ends; None where all of it, or nothing, stands out.

    Bold against not bold decides; where that never changes, the font of the Chinese characters does.
    """
    spans = [
        span for span in line.spans() if span.end > start and _HAN.search(line.text, max(span.start, start), span.end)
    ]
    if len(spans) < 2:
        return None
    weights = [span.bold for span in spans]
    if weights[0] and not all(weights):
        first = weights.index(False) if False in weights else next(i for i, weight in enumerate(weights) if not weight)
        return spans[first].start
    if any(weights):
        return None
    fonts = [span.font for span in spans]
    if None in fonts or len(set(fonts)) == 1:
        return None
    change = next(i for i, font in enumerate(fonts) if font != fonts[0])
    if fonts[0] in fonts[change:]:
        return None
    return spans[change].start


def all_red(line: Line) -> bool:
    """Whether all of a line is set in red, as only the head of a circular is (GB/T 9704-2012, 7.2.4)."""
    colors = {span.color for span in line.paragraph.spans} if line.paragraph is not None else set()
    return bool(colors) and all(
        color is not None and color[:2] >= "B0" and color[2:4] <= "48" and color[4:6] <= "48" for color in colors
    )
