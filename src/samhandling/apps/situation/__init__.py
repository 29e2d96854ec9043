"""Needs, causes, places and the workshops that found the needs."""
