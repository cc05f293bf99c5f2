"""The day of a letter, and the day of the request that it answers."""
