"""The yearly follow-up: rounds, lessons, recommendations and their answers."""
