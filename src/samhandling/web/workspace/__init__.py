"""The workspace of signed-in people, one package an area."""
