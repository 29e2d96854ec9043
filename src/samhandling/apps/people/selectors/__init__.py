"""Reads of people, of invitations and of what somebody has left behind."""
