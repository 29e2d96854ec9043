"""The agreement as an object: clauses, focus areas, plans, commitments."""
