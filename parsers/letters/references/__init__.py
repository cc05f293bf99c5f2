"""The authority's own numbers for a request."""
