"""Networks, groups, organisations, categories and described sets, and who takes part in what."""
