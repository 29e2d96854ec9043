"""What people say about records, and the files they attach to them."""
