"""One reader for each format that newsrooms have. A reader says what is stated; what is believed is decided later."""
