"""What everything others point at has in common: name, source, questions, footnotes."""
