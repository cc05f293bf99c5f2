"""Everything that touches the world: the site, the disk, processes, the database."""
