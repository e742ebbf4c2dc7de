"""Word files (.docx) → Document."""
