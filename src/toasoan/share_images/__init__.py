"""The picture that services show with a link to an article: 1200 by 630 pixels, with the headline on it.

Values in, bytes out: nothing here looks at the clock, at settings or at the catalog, and nothing is written. Font
files are read, for a picture is drawn with what the machine has; `fonts` says which.
"""
