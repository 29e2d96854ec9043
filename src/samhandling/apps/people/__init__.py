"""How people come, change, substitute, leave, and what they leave behind."""
