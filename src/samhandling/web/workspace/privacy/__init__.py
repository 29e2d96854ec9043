"""What is held about a person, as a file, and forgetting a person."""
