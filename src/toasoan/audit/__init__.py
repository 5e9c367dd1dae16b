"""A built portal, looked at as readers and search engines get it: `toasoan check` tells what it finds."""
