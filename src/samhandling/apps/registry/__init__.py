"""What is registered in an authority's diary: case numbers, secrecy marks, and a case as a whole.

Sources of the rules: the public access and secrecy act (OSL 2009:400), 5 kap. 1, 2 and 5 §§.
"""
