"""How each page of the site is cited."""
