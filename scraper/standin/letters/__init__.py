"""Letters that authorities write: words and, beside them, what they truly say."""
