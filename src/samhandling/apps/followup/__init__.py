"""The yearly round: network reports, lessons, recommendations."""
