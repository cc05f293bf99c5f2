"""From the private archive to the database that may be shown.

``schema`` describes the database and ``policy`` says how much of the archive may cross into it. ``request`` makes the
rows of one request, with the names in its texts masked and every quote placed in the masked text; ``became`` says what
became of it; ``families`` finds what was sent or answered more than once. ``making`` writes, renews and checks the
file, ``totals`` and ``returns`` add up what it holds, and ``publish`` puts it in the place of the last one. ``serve``
and ``metadata`` are for those who read it.
"""
