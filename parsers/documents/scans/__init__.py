"""Pages that are pictures: drawn, turned and set straight for recognition, and its words put in order."""
