"""Data that a county may change without code: report outlines."""
