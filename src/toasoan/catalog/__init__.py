"""What there is: the published articles by language, section, tag, author, agency, month and story."""
