"""Looks at what is about to be published; each check is a function that tells what it finds."""
