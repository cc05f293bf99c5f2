"""What codes in the database are called, and how days, sizes and numbers are written."""
