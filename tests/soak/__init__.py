"""Drills that take longer than a push may: crash, full disk, database restart (`make soak`)."""
