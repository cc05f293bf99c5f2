"""Of which law a named provision is."""
