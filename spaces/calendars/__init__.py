"""Calendars that others keep about a space: fetched, compared, and turned into claims.

`core/calendars` reads the bytes. Here: what they mean for a space's claims.
"""
