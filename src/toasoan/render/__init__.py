"""Pages into HTML: the texts of the interface, what templates see, and the templates themselves."""
