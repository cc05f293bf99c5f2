"""archive.db to public.db, under the publication policy."""
