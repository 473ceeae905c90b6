"""Visits that check how people get in, and what passers-by say has changed."""
