"""WorkPlan → files."""
