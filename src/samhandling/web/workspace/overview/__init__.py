"""The overview: the whole picture of one agreement, every number a link to its rows."""
