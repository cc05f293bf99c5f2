"""Manners and limits of the crawler, one module each; settings.py puts them in order.

On the way out: origin (this site only), robots, conditional (If-None-Match), pace, hours of the day, budget.
On the way back: whole (unpacked, not cut), challenge (stop), retry (wait and ask again), conditional (304 gives
the body held here).
"""
