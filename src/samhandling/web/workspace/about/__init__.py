"""What the records are, what the words mean, and how accessible the pages are."""
