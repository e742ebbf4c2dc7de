"""Web pages (.html, and .mht, which holds a page with all its parts) → Document."""
