"""Charts as SVG, with their numbers beside them."""
