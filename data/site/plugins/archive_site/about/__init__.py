"""Pages about the archive itself: home, method, dictionary, runs, health, and how to cite."""
