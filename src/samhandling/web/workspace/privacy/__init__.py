"""What is held about a person, as a file, for how long, and forgetting a person."""
