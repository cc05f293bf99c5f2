"""From the private archive to the database that may be shown.

``schema`` describes the database; ``threads`` reads what the archive holds of a request and ``policy`` says how much of
it may be shown; ``masker`` masks its texts; ``readings`` places every quote in the masked text; ``outcomes`` says what
became of the request; ``rows`` and ``about`` make the rows; ``build`` writes the file, ``checks`` look at it, and
``publish`` puts it in the place of the last one. ``serve`` and ``metadata`` are for those who read it.
"""
