"""The official returns of government bodies and of Scottish authorities, worked out from the archive."""
