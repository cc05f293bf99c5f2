"""The pages of authorities and of provisions, and the lists of both."""
