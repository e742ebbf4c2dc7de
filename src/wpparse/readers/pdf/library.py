"""PDFium, bound once: the few functions of its C interface that the reader needs.

The function prototypes take plain integers for pointers, which makes a call several times cheaper than through the
typed wrappers; one page of a circular needs some three thousand calls. Nothing here knows what a line or a table is.
PDFium's names are kept, without their prefix.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from types import SimpleNamespace
from typing import Any

from wpparse.errors import EncryptedFile, UnreadableFile
from wpparse.readers.pdf.fonts import SystemFonts

_P, _I, _U, _F = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint, ctypes.c_float

_PROTOTYPES: dict[str, tuple[Any, ...]] = {
    "FPDF_LoadMemDocument64": (_P, _P, ctypes.c_size_t, ctypes.c_char_p),
    "FPDF_CloseDocument": (None, _P),
    "FPDF_GetLastError": (ctypes.c_ulong,),
    "FPDF_GetPageCount": (_I, _P),
    "FPDF_LoadPage": (_P, _P, _I),
    "FPDF_ClosePage": (None, _P),
    "FPDF_GetPageWidthF": (_F, _P),
    "FPDF_GetPageHeightF": (_F, _P),
    "FPDFPage_GetRotation": (_I, _P),
    "FPDFPage_SetRotation": (None, _P, _I),
    "FPDFPage_GetCropBox": (_I, _P, _P, _P, _P, _P),
    "FPDFPage_GetMediaBox": (_I, _P, _P, _P, _P, _P),
    "FPDFPage_CountObjects": (_I, _P),
    "FPDFPage_GetObject": (_P, _P, _I),
    "FPDFFormObj_CountObjects": (_I, _P),
    "FPDFFormObj_GetObject": (_P, _P, ctypes.c_ulong),
    "FPDFPageObj_GetType": (_I, _P),
    "FPDFPageObj_GetMatrix": (_I, _P, _P),
    "FPDFPageObj_GetBounds": (_I, _P, _P, _P, _P, _P),
    "FPDFPageObj_GetFillColor": (_I, _P, _P, _P, _P, _P),
    "FPDFPageObj_GetStrokeColor": (_I, _P, _P, _P, _P, _P),
    "FPDFPath_GetDrawMode": (_I, _P, _P, _P),
    "FPDFPath_CountSegments": (_I, _P),
    "FPDFPath_GetPathSegment": (_P, _P, _I),
    "FPDFPathSegment_GetPoint": (_I, _P, _P, _P),
    "FPDFPathSegment_GetType": (_I, _P),
    "FPDFPathSegment_GetClose": (_I, _P),
    "FPDFTextObj_GetFont": (_P, _P),
    "FPDFTextObj_GetFontSize": (_I, _P, _P),
    "FPDFTextObj_GetTextRenderMode": (_I, _P),
    "FPDFFont_GetBaseFontName": (ctypes.c_size_t, _P, _P, ctypes.c_size_t),
    "FPDFFont_GetFlags": (_I, _P),
    "FPDFText_LoadPage": (_P, _P),
    "FPDFText_ClosePage": (None, _P),
    "FPDFText_CountChars": (_I, _P),
    "FPDFText_GetUnicode": (_U, _P, _I),
    "FPDFText_GetText": (_I, _P, _I, _I, _P),
    "FPDFText_GetLooseCharBox": (_I, _P, _I, _P),
    "FPDFText_GetCharOrigin": (_I, _P, _I, _P, _P),
    "FPDFText_GetMatrix": (_I, _P, _I, _P),
    "FPDFText_GetTextObject": (_P, _P, _I),
    "FPDFText_HasUnicodeMapError": (_I, _P, _I),
    "FPDFText_IsGenerated": (_I, _P, _I),
    "FPDF_GetFormType": (_I, _P),
    "FPDFDOC_InitFormFillEnvironment": (_P, _P, _P),
    "FPDFDOC_ExitFormFillEnvironment": (None, _P),
    "FPDFPage_GetAnnotCount": (_I, _P),
    "FPDFPage_GetAnnot": (_P, _P, _I),
    "FPDFPage_CloseAnnot": (None, _P),
    "FPDFAnnot_GetSubtype": (_I, _P),
    "FPDFAnnot_GetFlags": (_I, _P),
    "FPDFAnnot_GetRect": (_I, _P, _P),
    "FPDFAnnot_GetStringValue": (ctypes.c_ulong, _P, ctypes.c_char_p, _P, ctypes.c_ulong),
    "FPDFAnnot_GetFormFieldType": (_I, _P, _P),
    "FPDFAnnot_GetFormFieldValue": (ctypes.c_ulong, _P, _P, _P, ctypes.c_ulong),
    "FPDFAnnot_GetOptionCount": (_I, _P, _P),
    "FPDFAnnot_GetOptionLabel": (ctypes.c_ulong, _P, _P, _I, _P, ctypes.c_ulong),
    "FPDFAnnot_IsOptionSelected": (_I, _P, _P, _I),
    "FPDFAnnot_IsChecked": (_I, _P, _P),
    "FPDFBitmap_CreateEx": (_P, _I, _I, _I, _P, _I),
    "FPDFBitmap_FillRect": (_I, _P, _I, _I, _I, _I, ctypes.c_ulong),
    "FPDFBitmap_Destroy": (None, _P),
    "FPDF_RenderPageBitmap": (None, _P, _P, _I, _I, _I, _I, _I, _I),
}

_SHORT_CALLS = ("FPDFText_Get", "FPDFText_Has", "FPDFText_Is", "FPDFTextObj_", "FPDFPageObj_", "FPDFPath")

_PASSWORD_ERROR = 4
_UNSUPPORTED_SECURITY = 5


@cache
def pdfium() -> SimpleNamespace:
    """The bound functions, each under its own name; the library is loaded at the first call."""
    import pypdfium2_raw as raw

    raw.FPDF_InitLibrary()
    bound = SimpleNamespace(fonts=SystemFonts(raw), FormInfo=raw.FPDF_FORMFILLINFO)
    for name, (result, *arguments) in _PROTOTYPES.items():
        address = ctypes.cast(getattr(raw, name), _P).value or 0
        # The short calls keep the interpreter lock: to let it go and take it again costs as much as the call.
        kind = ctypes.PYFUNCTYPE if name.startswith(_SHORT_CALLS) else ctypes.CFUNCTYPE
        setattr(bound, name, kind(result, *arguments)(address))
    return bound


@contextmanager
def open_document(data: bytes, password: str | None, *, to_draw: bool = False) -> Iterator[int]:
    """The handle of the document in ``data``; where it is opened ``to_draw``, with the fonts of the machine.

    Raises :class:`EncryptedFile` where a password is needed or wrong, :class:`UnreadableFile` where PDFium finds no
    document in the bytes.
    """
    lib = pdfium()
    handle = lib.FPDF_LoadMemDocument64(data, len(data), password.encode() if password else None)
    if not handle:
        if lib.FPDF_GetLastError() in (_PASSWORD_ERROR, _UNSUPPORTED_SECURITY):
            raise EncryptedFile
        raise UnreadableFile("pdf-damaged")
    try:
        with lib.fonts.boxes(only=not to_draw):
            yield handle
    finally:
        lib.FPDF_CloseDocument(handle)


@contextmanager
def open_page(document: int, index: int) -> Iterator[int | None]:
    """The handle of a page (0-based), None where PDFium cannot load it."""
    lib = pdfium()
    page = lib.FPDF_LoadPage(document, index)
    try:
        yield page
    finally:
        if page:
            lib.FPDF_ClosePage(page)


def paint_color(read: Callable[..., int], handle: int) -> str | None:
    """``RRGGBB`` of a page object, read with PDFium's function ``read``; None where the object does not say."""
    at = ctypes.addressof(_COLOR)
    if not read(handle, at, at + 4, at + 8, at + 12):
        return None
    red, green, blue, alpha = _COLOR
    return f"{red:02X}{green:02X}{blue:02X}" if alpha else "FFFFFF"


_COLOR = (ctypes.c_uint * 4)()
