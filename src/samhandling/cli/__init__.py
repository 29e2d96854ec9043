"""The command line: `samhandling …`. One module a command, listed in main.py."""
