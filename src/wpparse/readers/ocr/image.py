"""What is done to the picture of a page around the recognition of its text: straightening, seals, ruling lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Pixels = np.ndarray[Any, np.dtype[np.uint8]]

MAX_SKEW = 6.0
"""Degrees by which a page may lie askew and still be straightened."""
LINE_LENGTH = 60
"""Pixels (at 200 dpi 7.6 mm) that a ruling line has at least: longer than any stroke of body text."""
LINE_WIDTH = 14
"""Pixels that a ruling line is wide at most."""


def straighten(image: Pixels) -> Pixels:
    """The page turned so that its lines are level; the same picture where they are."""
    angle = skew(image)
    if abs(angle) < 0.12:
        return image
    import cv2

    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned: Pixels = cv2.warpAffine(
        image,
        matrix,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(255, 255, 255),
    )  # type: ignore[assignment]  # OpenCV's stubs know no element type
    return turned


def skew(image: Pixels) -> float:
    """Degrees counter-clockwise by which the page must be turned: where rows of ink and white part most sharply."""
    import cv2
    import numpy as np

    height, width = image.shape[:2]
    factor = 900 / max(height, width)
    small = cv2.resize(
        cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA
    )
    ink = (cv2.adaptiveThreshold(small, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 15)).astype(
        np.float32
    )
    if ink.sum() < 200:
        return 0.0
    center = (ink.shape[1] / 2, ink.shape[0] / 2)

    def sharpness(angle: float) -> float:
        matrix = cv2.getRotationMatrix2D(center, angle, 1.0)
        rows = cv2.warpAffine(ink, matrix, (ink.shape[1], ink.shape[0])).sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    best = 0.0
    for step, reach in ((0.5, MAX_SKEW), (0.1, 0.5), (0.05, 0.1)):
        count = round(reach / step)
        best = max((best + k * step for k in range(-count, count + 1)), key=lambda a: (sharpness(a), -abs(a)))
    return best if sharpness(best) > 1.02 * sharpness(0.0) else 0.0


def without_seals(image: Pixels) -> Pixels:
    """Red seals made white, so that they do not disturb the text below; other red (a red head) stays."""
    import cv2
    import numpy as np

    channels = image.astype(np.int16)
    red = (channels[..., 0] - np.maximum(channels[..., 1], channels[..., 2]) > 50).astype(np.uint8)
    if int(red.sum()) < 400:
        return image
    reach = max(9, image.shape[1] // 110)
    grown = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    count, _, boxes, _ = cv2.connectedComponentsWithStats(grown)
    out = image.copy()
    smallest, largest = image.shape[1] * 0.1, image.shape[1] * 0.32
    for index in range(1, count):
        x, y, w, h, _area = (int(value) for value in boxes[index])
        if not (smallest <= w <= largest and smallest <= h <= largest and 0.75 <= w / h <= 1.34):
            continue
        part = red[y : y + h, x : x + w].astype(bool)
        out[y : y + h, x : x + w][cv2.dilate(part.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool) & _light(
            image[y : y + h, x : x + w]
        )] = 255  # fmt: skip
    return out


def _light(image: Pixels) -> Any:
    """Pixels that are not the black of print."""
    return image[..., 0] > 110


def pieces(image: Pixels) -> list[tuple[int, Pixels]]:
    """A picture much longer than a page cut into pieces, each with the row at which it begins; cut where it is blank."""
    import numpy as np

    height, width = image.shape[:2]
    most = round(1.5 * width)
    if height <= max(1.2 * most, 1200):
        return [(0, image)]
    ink = (image.min(axis=2) < 140).sum(axis=1)
    out: list[tuple[int, Pixels]] = []
    top = 0
    while height - top > 1.2 * most:
        first = top + round(0.75 * most)
        cut = first + int(np.argmin(np.convolve(ink[first : top + most], np.ones(9), "same")))
        out.append((top, image[top:cut]))
        top = cut
    return [*out, (top, image[top:])]


def is_red(image: Pixels, box: tuple[float, float, float, float]) -> bool:
    """Whether the print in a box is red, as the head of a circular is."""
    import numpy as np

    x0, y0, x1, y1 = (max(0, round(value)) for value in box)
    part = image[y0:y1, x0:x1].astype(np.int16)
    if part.size == 0:
        return False
    ink = part.min(axis=2) < 150
    red = ink & (part[..., 0] - np.maximum(part[..., 1], part[..., 2]) > 60)
    return int(red.sum()) > 0.6 * max(1, int(ink.sum()))


def unread_places(
    image: Pixels,
    boxes: list[tuple[float, float, float, float]],
    horizontals: list[tuple[float, float, float]],
    verticals: list[tuple[float, float, float]],
    least: tuple[int, int] = (60, 22),
) -> list[tuple[float, float, float, float]]:
    """The pieces of print as high as text that lie outside what was recognised (``boxes``), of at
    ``least`` so many pixels in width and height."""
    import cv2
    import numpy as np

    ink = (image.max(axis=2) < 120).astype(np.uint8)
    for x0, y0, x1, y1 in boxes:
        ink[max(0, int(y0) - 8) : int(y1) + 8, max(0, int(x0) - 12) : int(x1) + 12] = 0
    for y, x0, x1 in horizontals:
        ink[max(0, int(y) - 8) : int(y) + 8, max(0, int(x0) - 6) : int(x1) + 6] = 0
    for x, y0, y1 in verticals:
        ink[max(0, int(y0) - 6) : int(y1) + 6, max(0, int(x) - 8) : int(x) + 8] = 0
    joined = cv2.dilate(ink, np.ones((3, 25), np.uint8))
    count, _, found, _ = cv2.connectedComponentsWithStats(joined)
    places: list[tuple[float, float, float, float]] = []
    for index in range(1, count):
        x, y, w, h, _area = (int(value) for value in found[index])
        if least[1] <= h <= 90 and w >= least[0] and int(ink[y : y + h, x : x + w].sum()) >= 0.06 * w * h:
            places.append((x, y, x + w, y + h))
    return places


def ruling_lines(image: Pixels) -> tuple[list[tuple[float, float, float]], list[tuple[float, float, float]]]:
    """Horizontal lines as (y, x0, x1) and vertical ones as (x, y0, y1), in pixels."""
    import cv2
    import numpy as np

    gray = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
    ink = cv2.adaptiveThreshold(gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 12)
    out: list[list[tuple[float, float, float]]] = []
    for across in (True, False):
        length = LINE_LENGTH
        along = np.ones((1, length) if across else (length, 1), np.uint8)
        thicker = np.ones((3, 1) if across else (1, 3), np.uint8)
        lines = cv2.morphologyEx(cv2.dilate(ink, thicker), cv2.MORPH_OPEN, along)
        count, _, boxes, _ = cv2.connectedComponentsWithStats(lines)
        rules = []
        for index in range(1, count):
            x, y, w, h, _area = (float(value) for value in boxes[index])
            if across and h <= LINE_WIDTH and w >= length:
                rules.append((y + h / 2, x, x + w))
            elif not across and w <= LINE_WIDTH and h >= length:
                rules.append((x + w / 2, y, y + h))
        out.append(rules)
    return out[0], out[1]
