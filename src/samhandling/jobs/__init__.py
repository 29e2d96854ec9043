"""Work beside the pages: mail out of the outbox, and what recurs."""
