"""PDF files → Document."""
