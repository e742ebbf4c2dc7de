"""Plain text and Markdown → Document."""
