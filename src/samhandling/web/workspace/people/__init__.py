"""People: inviting, running, leaving, merging, and what lacks somebody."""
