"""What is done: initiatives, steps, status, levels and funding."""
