"""Search on a static host: what readers type is looked up in files that the build leaves, language by language.

`folding.py` says what counts as the same word, `entry.py` what an article is found by, `segments.py` which articles
share files, `shards.py` how these are cut so that a browser reads little; `directory.py` leads to them. The script
`static/js/search.js` reads what is written here, and folds what is typed by the same rules.
"""
