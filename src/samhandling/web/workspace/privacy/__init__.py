"""What is held about a person, as a file, for how long, forgetting a person, and disposal."""
