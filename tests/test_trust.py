"""What is doubtful says so: confidence, reasons, the verdict on a circular."""

from __future__ import annotations

import json
from typing import Any

from tests.writers_plans import usual
from wpparse.model import WorkPlan

NEW = ("confidence", "reasons", "recognised", "status", "status_reasons")


def without(value: Any) -> Any:
    """A plan as it was written before there was any doubt in it."""
    if isinstance(value, dict):
        return {key: without(item) for key, item in value.items() if key not in NEW}
    return [without(item) for item in value] if isinstance(value, list) else value


def test_a_plan_of_an_earlier_version_is_read() -> None:
    text = usual().to_json()
    assert all(f'"{key}"' in text for key in NEW)
    plan = WorkPlan.from_json(json.dumps(without(json.loads(text))).encode())
    assert plan == usual()
    assert plan.status == "complete"
    assert plan.tasks[0].confidence is None


def test_the_schema_names_the_verdict() -> None:
    schema = WorkPlan.json_schema()
    assert schema["properties"]["status"]["enum"] == ["complete", "doubtful", "partial"]
    assert "confidence" in schema["$defs"]["Party"]["properties"]
