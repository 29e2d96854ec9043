"""Actors: organisations, bodies, categories and described sets."""
