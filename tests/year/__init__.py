"""A year of a stand-in site that changes with time, lived through by the real commands on a clock of their own."""
