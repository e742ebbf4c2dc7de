"""Text documents of OpenDocument (.odt) → Document."""
