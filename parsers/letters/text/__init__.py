"""The letter made plain: clean characters, lines and sentences, and phrases looked up by words."""
