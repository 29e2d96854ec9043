"""The gallery of components, for those who build pages; only in debug."""
