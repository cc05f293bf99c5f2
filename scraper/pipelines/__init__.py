"""Items to rows."""
