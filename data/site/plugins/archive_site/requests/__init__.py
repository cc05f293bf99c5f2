"""The pages of one request and of a family of requests."""
