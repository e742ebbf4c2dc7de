"""Who answers for a task."""
