"""Import: raw texts of portal pages and agency pages into articles, with each line and field accounted for.

Only `importing`, `raw_files`, `ledger` and `receipts` touch files. The rest is pure: `portal_text` says what stands
where, `draft` makes an article's fields of it, and the small modules each know one thing (photos, dates, headings).
"""
