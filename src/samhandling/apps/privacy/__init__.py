"""What is held about a person, and how a person is forgotten while the history stays readable.

Sources of the rules: the data protection regulation (EU) 2016/679, articles 5.1 c, 12.3, 15 and
17.3; the county's records are public documents, which may not be destroyed without a decision.
"""
