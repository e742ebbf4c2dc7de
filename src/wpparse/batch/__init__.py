"""Many files: walking, workers, resume, summary."""
