"""Old Word files (.doc, .wps, .rtf) → Document."""
