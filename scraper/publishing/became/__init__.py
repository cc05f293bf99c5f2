"""What became of a request: the kinds of its messages, its clock, its outcome, and where it stands."""
