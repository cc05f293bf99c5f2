"""What a question may cost: known before it is run, counted already, or ended in time."""
