"""Tables and answers to questions, as pages, CSV, text to copy and feeds."""
