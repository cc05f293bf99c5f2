"""Pure readers: bytes or text in, frozen records out.

Nothing in this package opens a file, a socket or a database, starts a process, or asks the time.
``tests/test_architecture.py`` enforces it.
"""
