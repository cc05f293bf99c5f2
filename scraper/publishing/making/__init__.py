"""Making the file: built as a whole or renewed, by several processes, checked."""
