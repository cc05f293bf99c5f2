"""``wdtk update``: what a timer runs, one stage after another, each in a process of its own.

A stage that fails, or whose process dies, costs only itself: the others still run, and each tells in one line what
came of it. The days that lists have to cover are found in ``days``, the fetching is done in ``fetch``, the order and
the exit code are in ``stages``, and ``child`` sees to it that no stage outlives the update.
"""
