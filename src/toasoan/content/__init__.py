"""What editors write: front matter and Markdown into articles and static pages."""
