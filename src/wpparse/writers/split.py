"""One workbook a unit, for sending round."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from wpparse.errors import UsageError
from wpparse.messages import register
from wpparse.model import Selection, WorkPlan
from wpparse.writers.atomic import output_error, write_bytes
from wpparse.writers.names import file_stem
from wpparse.writers.units import Duty, Unit, by_unit

register(
    {
        "members-invalid": (
            "成员清单 {name} 有误：{detail}",
            "the list of members {name} is wrong: {detail}",
        ),
    }
)

_BARE_KEY = re.compile(r"""(?m)^([ \t]*)([^\s"'=\[\]#,]*[^\x00-\x7f\s"'=\[\]#,][^\s"'=\[\]#,]*)([ \t]*=)""")
"""A Chinese key without quotation marks: people write it so, TOML 1.0 allows ASCII only."""
INDEX_STEM = {"zh": "00-目录", "en": "00-index"}


def load_members(path: str | Path) -> dict[str, tuple[str, ...]]:
    """Members of collective names from a TOML file: each key a collective name (quoted or not), each value a list of names.

    Raises :class:`UsageError` where the file is missing, is no TOML, or holds anything else.
    """
    name = Path(path).name
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
        table = tomllib.loads(_BARE_KEY.sub(r'\1"\2"\3', text))
    except OSError as error:
        raise UsageError("members-invalid", name=name, detail=error.strerror or error) from error
    except ValueError as error:
        raise UsageError("members-invalid", name=name, detail=error) from error
    for key, value in table.items():
        if not isinstance(value, list) or not all(isinstance(member, str) and member for member in value):
            raise UsageError("members-invalid", name=name, detail=f'{key} = ["…", "…"]')
    return {key: tuple(dict.fromkeys(value)) for key, value in table.items()}


def split_units(plan: WorkPlan, members: Mapping[str, Sequence[str]]) -> list[Unit]:
    """The units of a plan, the members of a listed collective name in its place.

    A unit that a task names itself and through a collective name has the task once, in the role named outright.
    """
    found = by_unit((0, task) for task in plan.tasks)
    units = {unit.key: unit for unit in found if not _listed(unit, members)}
    spellings = {name: unit for unit in units.values() for name in (unit.key, *unit.names)}
    for group in found:
        via = _listed(group, members)
        if via is None:
            continue
        for member in members[via]:
            unit = spellings.get(member)
            if unit is None:
                unit = spellings[member] = units[member] = Unit(member, [member])
            held = {duty.task.location: duty for duty in unit.duties}
            unit.duties.extend(
                Duty(duty.task, duty.role, via=via) for duty in group.duties if duty.task.location not in held
            )
    order = {id(task): index for index, task in enumerate(plan.tasks)}
    for unit in units.values():
        unit.duties.sort(key=lambda duty: order[id(duty.task)])
    return sorted(units.values(), key=lambda unit: (unit.person, unit.collective))


def _listed(unit: Unit, members: Mapping[str, Sequence[str]]) -> str | None:
    return next((name for name in (unit.key, *unit.names) if name in members), None)


def split_plan(
    plan: WorkPlan, members: Mapping[str, Sequence[str]], *, selection: Selection = "auto"
) -> dict[str, WorkPlan]:
    """Unit → the plan with its tasks only; single bodies first, then collective names, then persons."""
    chosen = plan.select(selection)
    return {
        unit.name: replace(chosen, tasks=tuple(duty.task for duty in unit.duties))
        for unit in split_units(chosen, members)
    }


def write_split(
    plan: WorkPlan,
    directory: str | Path,
    members: Mapping[str, Sequence[str]],
    *,
    headers: str = "zh",
    selection: Selection = "auto",
) -> list[Path]:
    """A workbook a unit and an index with links to them; each file appears whole or not at all, the index last.

    The path of the index is the first of those returned. Raises :class:`wpparse.errors.OutputError`.
    """
    from wpparse.writers.xlsx.split import index_workbook, unit_workbook

    folder = Path(directory)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise output_error(folder, error) from error
    chosen = plan.select(selection)
    units = split_units(chosen, members)
    index = folder / f"{INDEX_STEM[headers]}.xlsx"
    taken = {INDEX_STEM[headers].casefold()}
    files = [folder / f"{file_stem(unit.name, taken)}.xlsx" for unit in units]
    for unit, path in zip(units, files, strict=True):
        write_bytes(path, unit_workbook(chosen, unit, headers))
    write_bytes(index, index_workbook(chosen, units, [path.name for path in files], headers))
    return [index, *files]
