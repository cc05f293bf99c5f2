"""Every sample of the corpus, damaged by chance many thousand times, through the children with their limits."""
