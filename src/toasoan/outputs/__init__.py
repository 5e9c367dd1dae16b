"""Everything published besides HTML: feeds, sitemap, covers, the theme's and the editors' own files.

Each module is a function from what is known to `Output`s.
"""
