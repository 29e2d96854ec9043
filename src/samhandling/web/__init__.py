"""The pages for people: workspace areas, templates, static files."""
