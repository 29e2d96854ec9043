"""Addresses that lead from any record to the page that shows it."""
