"""Toasoan: a static site generator for multilingual news portals."""

__version__ = "0.1.0"
