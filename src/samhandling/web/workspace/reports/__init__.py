"""Reports: read, write by section, send on, fetch as files, and the editions that never change."""
