"""The installation guide, run (`make release-check`)."""
