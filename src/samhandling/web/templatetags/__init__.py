"""What templates are written with. `{% load components %}` gives all of it."""
