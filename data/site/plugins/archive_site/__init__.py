"""Pages for readers, over the tables of ``public.db``: reads only, runs no script; Datasette enters by ``hooks``."""
