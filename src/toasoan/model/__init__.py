"""The words of the domain as frozen values: what an article, a photo, a language or an agency is.

Nothing here reads a file, makes an address or knows a template.
"""
