"""Photographs: what their files say of themselves, and the renditions that readers load."""
