"""Manners and limits of the crawl."""
