"""The same request to many authorities, and the same paragraphs from many: found among all that is published."""
