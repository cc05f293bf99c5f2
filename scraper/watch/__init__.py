"""Looking after an archive that is kept up without anybody watching: measures, alarms, status, schedules and logs.

Nothing here asks the network. ``model``, ``unusual`` and the rules are pure; ``measures``, ``facts`` and ``state``
read the archive; only ``measures.keep`` writes to it.
"""
