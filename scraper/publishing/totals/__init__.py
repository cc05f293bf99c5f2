"""Tables that are added up once, when the database is made, and those about the archive itself."""
