"""Weights for evidence, fitted on what is known to be right: one small logistic model for each kind of value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wpparse.trust.rows import parts_evidence
from wpparse.trust.weights import probability

KINDS = ("party", "deadline", "section", "body", "table")
STRENGTH = 3.0
"""How much evidence a weight needs before it counts (ridge)."""
WHOLE = 4.0
"""How much more, where it is about a circular as a whole: of those there are few."""
MOST = 30
"""Rows of one reading of a circular beyond which each counts less."""
OFTEN = {"whole": 8.0, "broken": 0.3, "weaker": 0.5}
"""What a row counts in the fit, by how the circular was read."""
Row = tuple[Mapping[str, float], bool, str, str]


@dataclass
class Gathered:
    """What was weighed: evidence, whether it was right, of which circular and how that was read."""

    party: list[Row] = field(default_factory=list)
    deadline: list[Row] = field(default_factory=list)
    section: list[Row] = field(default_factory=list)
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    """Origin, evidence, right, circular, reading, faults, then the places of its parties, deadlines and section in the lists above."""


@dataclass
class Model:
    """Weights by kind and evidence."""

    values: dict[tuple[str, str], float]

    def sure(self, kind: str, evidence: Mapping[str, float]) -> float:
        """The confidence that they give."""
        total = self.values[kind, "bias"]
        return probability(
            total + sum(self.values.get((kind, name), 0.0) * amount for name, amount in evidence.items())
        )


class Fitter:
    """The evidence as matrices, made once, from which weights are fitted with one circular after the other left out."""

    def __init__(self, data: Gathered) -> None:
        self.data = data
        self.names: dict[str, list[str]] = {}
        self.matrix: dict[str, NDArray[Any]] = {}
        self.right: dict[str, NDArray[Any]] = {}
        self.weight: dict[str, NDArray[Any]] = {}
        self.circular: dict[str, NDArray[Any]] = {}
        for kind in ("party", "deadline", "section"):
            self._add(kind, [(row[0], row[1], row[2], row[3]) for row in getattr(data, kind)])
        self.at = {origin: [n for n, row in enumerate(data.rows) if row[0] == origin] for origin in ("body", "table")}
        for origin in ("body", "table"):
            self._add(origin, [data.rows[n][1:5] for n in self.at[origin]])

    def _add(self, kind: str, rows: list[Any]) -> None:
        names = self.names[kind] = sorted({name for row in rows for name in row[0]})
        self.matrix[kind] = np.array([[1.0, *(row[0].get(name, 0.0) for name in names)] for row in rows])
        self.right[kind] = np.array([row[1] for row in rows], float)
        self.circular[kind] = np.array([row[2] for row in rows])
        counts = Counter((row[2], row[3]) for row in rows)
        self.weight[kind] = np.array(
            [OFTEN[row[3].partition(":")[0]] * min(1.0, MOST / counts[row[2], row[3]]) for row in rows]
        )

    def fit(self, without: str | None = None) -> Model:
        """The weights, parts first: a row is weighed by its least sure party and deadline."""
        values: dict[tuple[str, str], float] = {}
        for kind in ("party", "deadline", "section"):
            self._fit(kind, self.matrix[kind], without, values)
        for origin in ("body", "table"):
            self._fit(origin, self.rows_with_parts(origin, values), without, values)
        return Model(values)

    def rows_with_parts(self, origin: str, values: Mapping[tuple[str, str], float]) -> NDArray[Any]:
        """The evidence of rows with what their parts say by these weights."""
        sure = {kind: self._odds(kind, values) for kind in ("party", "deadline", "section")}
        matrix = self.matrix[origin].copy()
        place = {name: 1 + at for at, name in enumerate(self.names[origin])}
        for n, at in enumerate(self.at[origin]):
            *_, parties, deadlines, section = self.data.rows[at]
            for kind, parts in (("party", parties), ("deadline", deadlines)):
                least = min((probability(sure[kind][part]) for part in parts), default=1.0)
                for name, amount in parts_evidence(kind, least).items():
                    matrix[n, place[name]] = amount
            if section is not None and "section" in place:
                matrix[n, place["section"]] = min(0.0, sure["section"][section] - 2)
        return matrix

    def _odds(self, kind: str, values: Mapping[tuple[str, str], float]) -> NDArray[Any]:
        return np.clip(self.matrix[kind] @ self.solved(kind, values), -5, 5)

    def solved(self, kind: str, values: Mapping[tuple[str, str], float]) -> NDArray[Any]:
        """The weights of a kind in the order of its matrix."""
        return np.array([values[kind, "bias"], *(values[kind, name] for name in self.names[kind])])

    def _fit(self, kind: str, matrix: NDArray[Any], without: str | None, values: dict[tuple[str, str], float]) -> None:
        chosen = self.circular[kind] != without
        strength = np.array(
            [0.01, *(STRENGTH * (WHOLE if name.startswith("whole.") else 1) for name in self.names[kind])]
        )
        solved = _logistic(matrix[chosen], self.right[kind][chosen], self.weight[kind][chosen], strength)
        values[kind, "bias"] = round(float(solved[0]), 2)
        for name, value in zip(self.names[kind], solved[1:], strict=True):
            values[kind, name] = round(float(value), 2)

    def sure(self, origin: str, model: Model, of: str) -> tuple[NDArray[Any], NDArray[Any]]:
        """The confidence of each row of one circular, and their places among the rows."""
        mine = self.circular[origin] == of
        score = self.rows_with_parts(origin, model.values)[mine] @ self.solved(origin, model.values)
        return 1 / (1 + np.exp(-np.clip(score, -30, 30))), np.array(self.at[origin])[mine]


def _logistic(matrix: NDArray[Any], target: NDArray[Any], weight: NDArray[Any], ridge: NDArray[Any]) -> NDArray[Any]:
    """Logistic regression with a ridge, by Newton's steps."""
    solved = np.zeros(matrix.shape[1])
    for _ in range(30):
        sure = 1 / (1 + np.exp(-np.clip(matrix @ solved, -30, 30)))
        slope = matrix.T @ (weight * (sure - target)) + ridge * solved
        curve = (matrix * (weight * sure * (1 - sure) + 1e-9)[:, None]).T @ matrix + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        solved -= step
        if abs(step).max() < 1e-5:
            break
    return solved
