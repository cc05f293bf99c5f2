"""Reading what others sent: child processes with limits, and the readings made from what they found.

``wdtk read`` (``run``) asks the archive what is new, and a ``pool`` of child processes for its text. A child
(``child``) limits itself first (``limits``: memory, processor time, wall time, open files, nothing written) and
gives up network, programs, writing, other processes and all files but those that programs are made of (``seal``,
by the system calls of ``calls`` and by ``landlock``); then it takes one job after another through its pipes
(``frames``, ``jobs``). Its answers are JSON and are checked field by field (``strict``). A child that dies, hangs
or talks too much costs the document it was at, which becomes a row that says so, and is replaced.

Where the system does not hold a limit on memory, as macOS does not, or has no filter of system calls, nothing is read
and a sentence says why.
"""
