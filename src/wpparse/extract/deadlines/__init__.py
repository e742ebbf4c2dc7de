"""When a task is to be done."""
