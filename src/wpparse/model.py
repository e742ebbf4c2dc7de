"""The output contract as types: one :class:`WorkPlan` for one circular. It alone is serialised.

Field meanings are those of the output contract; the order of the fields is the order in the JSON. The types are plain
frozen dataclasses, because a workbook is written without ever needing pydantic, whose import and schemas cost more than
all the parsing of a short circular; pydantic reads them back, checks them, describes and writes them as JSON.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from wpparse.late import hook

if TYPE_CHECKING:
    import pandas

SCHEMA_VERSION = "1"

Role = Literal["lead", "support", "responsible", "leader"]
PartySource = Literal["clause", "column", "subject"]
DeadlineKind = Literal["by", "during", "within", "recurring", "ongoing"]
DeadlineSource = Literal["column", "clause", "text"]
Every = Literal["day", "week", "month", "quarter", "halfyear", "year"]
TimeUnit = Literal["hour", "day", "workday", "week", "month", "year"]
SectionRole = Literal["background", "safeguard", "task"]
TableRole = Literal["decomposition", "form", "matrix", "layout", "other"]
Origin = Literal["body", "table"]
Selection = Literal["auto", "body", "table", "all"]
Severity = Literal["error", "warning", "info"]
Status = Literal["complete", "doubtful", "partial"]


@dataclass(frozen=True, kw_only=True)
class _Model:
    __pydantic_config__: ClassVar[dict[str, Any]] = {"extra": "forbid"}


@dataclass(frozen=True, kw_only=True)
class Location(_Model):
    """Where a value stands: page (1-based), block in reading order (0-based), offsets in that block's text.

    In a table, ``row`` and ``column`` (0-based) name the cell and the offsets count in the cell's text.
    """

    page: int | None = None
    block: int
    start: int | None = None
    end: int | None = None
    row: int | None = None
    column: int | None = None


@dataclass(frozen=True, kw_only=True)
class SourceInfo(_Model):
    """The file that was read."""

    name: str
    format: str
    sha256: str
    pages: int | None = None
    encoding: str | None = None


@dataclass(frozen=True, kw_only=True)
class Header(_Model):
    """The parts of the circular that GB/T 9704 names."""

    title: str | None = None
    plan_title: str | None = None
    document_number: str | None = None
    issuer: str | None = None
    addressees: tuple[str, ...] = ()
    issue_date: str | None = None
    disclosure: str | None = None
    attachments: tuple[str, ...] = ()
    copied_to: tuple[str, ...] = ()
    plan_year: int | None = None
    locations: Mapping[str, Location] = field(default_factory=dict)
    """Where each value was found, by its key."""


@dataclass(frozen=True, kw_only=True)
class Section(_Model):
    """One numbered item of the outline."""

    id: str
    parent: str | None
    level: int
    label: str
    heading: str | None
    text: str
    role: SectionRole
    location: Location
    rule: str | None = None
    """The grammar rule that recognised the label."""
    confidence: float | None = None
    """How likely it is right, 0 to 1, from the evidence for and against it; null where nothing was weighed."""
    reasons: tuple[str, ...] = ()
    """What speaks against it, in words, the weightiest first."""


@dataclass(frozen=True, kw_only=True)
class Party(_Model):
    """One body that answers for a task."""

    name: str
    role: Role
    collective: bool = False
    source: PartySource
    canonical: str | None = None
    location: Location
    rule: str | None = None
    confidence: float | None = None
    """How likely it is right, 0 to 1, from the evidence for and against it; null where nothing was weighed."""
    reasons: tuple[str, ...] = ()
    """What speaks against it, in words, the weightiest first."""


@dataclass(frozen=True, kw_only=True)
class Deadline(_Model):
    """One time expression that binds a task."""

    text: str
    kind: DeadlineKind
    start: str | None = None
    due: str | None = None
    every: Every | None = None
    times: int | None = None
    amount: int | None = None
    unit: TimeUnit | None = None
    after: str | None = None
    source: DeadlineSource
    location: Location
    rule: str | None = None
    confidence: float | None = None
    """How likely it is right, 0 to 1, from the evidence for and against it; null where nothing was weighed."""
    reasons: tuple[str, ...] = ()
    """What speaks against it, in words, the weightiest first."""


@dataclass(frozen=True, kw_only=True)
class Task(_Model):
    """One row of the task table."""

    number: int
    origin: Origin
    section: str | None
    label: str | None
    path: tuple[str, ...]
    title: str | None
    text: str
    parties: tuple[Party, ...] = ()
    parties_text: str | None = None
    open_ended: bool = False
    deadlines: tuple[Deadline, ...] = ()
    recognised: float | None = None
    """The lowest confidence of the characters that were recognised from a picture; null where there was none."""
    confidence: float | None = None
    """How likely the whole row is right, 0 to 1, from the evidence for and against it; null where nothing was weighed."""
    reasons: tuple[str, ...] = ()
    """What speaks against it, in words, the weightiest first."""
    location: Location


@dataclass(frozen=True, kw_only=True)
class TableInfo(_Model):
    """One table that the reader saw."""

    location: Location
    role: TableRole
    rows: int
    cols: int
    columns: tuple[str | None, ...] = ()
    """The meaning found for each column (``number``, ``topic``, ``requirement``, ``responsible`` …), null where none was."""
    confidence: float | None = None
    """How likely it is right, 0 to 1, from the evidence for and against it; null where nothing was weighed."""
    reasons: tuple[str, ...] = ()
    """What speaks against it, in words, the weightiest first."""


@dataclass(frozen=True, kw_only=True)
class Diagnostic(_Model):
    """Something that the user should look at."""

    code: str
    severity: Severity
    message: str
    """Chinese; other languages are made from ``code`` and ``values``."""
    location: Location | None = None
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class WorkPlan(_Model):
    """Everything found in one circular."""

    schema_version: str = SCHEMA_VERSION
    source: SourceInfo
    header: Header
    sections: tuple[Section, ...] = ()
    tasks: tuple[Task, ...] = ()
    tables: tuple[TableInfo, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    status: Status = "complete"
    """``doubtful`` where much of it must be looked at, ``partial`` where something of the circular was not read."""
    status_reasons: tuple[str, ...] = ()
    """Why it is not complete, in words."""

    def select(self, selection: Selection) -> WorkPlan:
        """The same plan with the tasks of one origin: ``auto`` takes the table where there is one, else the body."""
        if selection == "all":
            return self
        origin = selection
        if selection == "auto":
            origin = "table" if any(task.origin == "table" for task in self.tasks) else "body"
        return replace(self, tasks=tuple(task for task in self.tasks if task.origin == origin))

    def to_json(self) -> str:
        """The contract's JSON, indented, with a final line feed; the same plan always gives the same text."""
        from pydantic_core import to_json

        return to_json(self, indent=2).decode("utf-8") + "\n"

    @staticmethod
    def from_json(data: bytes) -> WorkPlan:
        """The plan that :meth:`to_json` wrote. Raises :class:`pydantic.ValidationError`, which names the field that is wrong."""
        from pydantic import TypeAdapter

        return TypeAdapter(WorkPlan).validate_json(data)

    @staticmethod
    def json_schema() -> dict[str, Any]:
        """The JSON Schema of the output."""
        from pydantic import TypeAdapter

        return TypeAdapter(WorkPlan).json_schema(mode="serialization")

    def to_frame(self, selection: Selection = "auto", headers: Literal["zh", "en"] = "zh") -> pandas.DataFrame:
        """One row a task, with the columns of the CSV output."""
        frame: pandas.DataFrame = hook("frame")(self, selection, headers)
        return frame
