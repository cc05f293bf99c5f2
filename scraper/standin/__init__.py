"""A small site with the surface of the real one, for the demo and the tests."""
