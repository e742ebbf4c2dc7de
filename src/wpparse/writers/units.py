"""Which bodies answer for which tasks: spellings joined by the official name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from wpparse.model import Party, Role, Task
from wpparse.writers.wording import ROLES

_RANK: dict[Role, int] = {"lead": 0, "responsible": 1, "support": 2, "leader": 3}


@dataclass(frozen=True, slots=True)
class Duty:
    """One task of a unit and what the unit is in it."""

    task: Task
    role: Role
    via: str | None = None
    """The collective name that the task names in place of the unit."""
    origin: int = 0
    """Which of several plans the task comes from."""


@dataclass(slots=True)
class Unit:
    """One body with all its tasks, those that it leads first."""

    key: str
    names: list[str] = field(default_factory=list)
    collective: bool = False
    person: bool = False
    duties: list[Duty] = field(default_factory=list)

    @property
    def name(self) -> str:
        """As written where it is always written alike, else the official name that joins the spellings."""
        return self.names[0] if len(self.names) == 1 else self.key


def key_of(party: Party) -> str:
    """What two spellings of one body have in common."""
    return party.canonical or party.name


def by_unit(tasks: Iterable[tuple[int, Task]]) -> list[Unit]:
    """Every body with its duties: single bodies in order of first mention, then collective names, then persons."""
    units: dict[str, Unit] = {}
    for origin, task in tasks:
        best: dict[str, Party] = {}
        for party in task.parties:
            key = key_of(party)
            if key not in best or _RANK[party.role] < _RANK[best[key].role]:
                best[key] = party
            unit = units.setdefault(key, Unit(key, collective=party.collective, person=party.role == "leader"))
            if party.name not in unit.names:
                unit.names.append(party.name)
        for key, party in best.items():
            units[key].duties.append(Duty(task, party.role, origin=origin))
    for unit in units.values():
        unit.duties.sort(key=lambda duty: _RANK[duty.role])
    return sorted(units.values(), key=lambda unit: (unit.person, unit.collective))


def names_of(task: Task, role: Role) -> str:
    """The bodies of one role as a cell shows them, with 等 where the circular leaves the list open."""
    names = [party.name for party in task.parties if party.role == role]
    if not names:
        return ""
    return "、".join(names) + ("等" if task.open_ended and role == _open_role(task) else "")


def _open_role(task: Task) -> Role:
    """The role whose group ends in 等: the one of the body written before it, else of the last body."""
    clause = task.parties_text or ""
    for party in task.parties:
        if party.name + "等" in clause:
            return party.role
    return task.parties[-1].role


def all_names(task: Task, headers: str) -> str:
    """Every body of a task in one cell, the roles told apart only where there are several."""
    groups = [(role, names_of(task, role)) for role in _RANK]
    filled = [(role, names) for role, names in groups if names]
    if len(filled) == 1 and filled[0][0] == "responsible":
        return filled[0][1]
    colon = "：" if headers == "zh" else ": "
    return "\n".join(f"{ROLES[headers][role]}{colon}{names}" for role, names in filled)
