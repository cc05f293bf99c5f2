"""One request as published: what the archive holds of it, how much of that may be shown, masked, as rows."""
