"""E-mail files, Outlook messages and winmail.dat, with what is attached to them."""
