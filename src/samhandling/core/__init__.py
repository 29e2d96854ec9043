"""Pure rules: no Django, no database, no files, no clock."""
