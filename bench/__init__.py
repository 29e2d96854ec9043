"""What the pages, files and processes cost, beside a plain Django page measured in the same run.

`make bench` prints the rows of the quality goals that concern what exists and writes
bench/results.json. Nothing here is imported by the product, and no test depends on a time.
"""
