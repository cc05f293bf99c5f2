"""One letter to a reading: references, dates, citations, each with its words."""
