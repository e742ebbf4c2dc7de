"""The task table as an annex in Word."""
