"""What is new for the person who is signed in, and how they want to know."""
