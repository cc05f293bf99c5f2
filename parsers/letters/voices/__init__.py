"""Whose words a passage is: the authority's own, an earlier message, the request, the statute, a footer."""
