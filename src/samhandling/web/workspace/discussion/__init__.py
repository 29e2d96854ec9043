"""What is said about records, the files attached to them, and following them."""
