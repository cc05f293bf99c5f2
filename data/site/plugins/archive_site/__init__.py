"""Pages for readers: home, search and one request, over the tables of ``public.db``. Reads only, runs no script."""
