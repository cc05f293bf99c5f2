"""Where a letter names a provision, in whatever form it is printed."""
