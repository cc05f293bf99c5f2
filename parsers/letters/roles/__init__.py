"""What each mention of a provision does in the letter: relied on, or only mentioned."""
