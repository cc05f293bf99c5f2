"""The schema of the public database: each table and view described once, for SQL, for readers and for checks."""
