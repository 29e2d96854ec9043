"""The agreements of the county and what each of them says."""
