"""What those who run the installation look at: is it well, and what has it answered."""
