"""What is fetched, and in which order."""
