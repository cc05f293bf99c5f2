"""Pages and JSON of the site to records."""
