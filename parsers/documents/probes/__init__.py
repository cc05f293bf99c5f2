"""What a file holds beside what it shows."""
