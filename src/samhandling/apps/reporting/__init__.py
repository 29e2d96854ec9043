"""Reports, their sections and frozen editions."""
