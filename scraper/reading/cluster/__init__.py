"""Reading on the machines of a Dask cluster: ``wdtk read --cluster ADDRESS``.

The archive stays where it is and has one writer, the command. It hands out orders, some together (``orders``), and
checks what comes back as it checks the answers of its own children (``crew``). Which workers there are, and which of
them may be given anything, ``staff`` knows: a worker must have the same readers, libraries and limits
(``described``). On each worker a plugin keeps a pool of limited children (``on_worker``), so that a bomb costs itself
alone, and takes the files from storage that all share (``storage``), or from the order itself.

``connect`` ties these together. Dask is imported by ``connect`` and ``on_worker`` alone, and only when a command needs
it.
"""
