"""Tables that decompose work → tasks."""
