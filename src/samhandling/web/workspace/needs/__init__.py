"""Needs and challenges: the list, one need, and writing them."""
