"""Charts: rows in, and from the same rows a sentence, a table, drawings, and files.

`chart.py` says what a chart is, a module each kind of chart how it is made of rows, and
`kinds.py` which kinds have an address.
"""
