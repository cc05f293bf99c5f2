"""What a letter is for, how the request came out, and what else the letter does (signals)."""
