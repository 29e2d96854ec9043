"""Search in everything."""
