"""What is to be looked at next: ``policy`` says when and why, ``queue`` keeps it and gives what is due.

A look is *light* when the request's JSON alone was asked for and its events and states were those held here; it is
*whole* when the page and every file were asked for too. Text and files change without an event (alaveteli.md 2.8), so
light looks alone are never enough: ``policy.LONGEST_DELAY`` and ``policy.LONGEST_WHOLE`` say how long either may wait.
"""
