"""What has changed since the last build, and what has to be made anew because of it."""
