"""Calendars that others wrote: bytes of any kind become busy times, or a refusal in words.

`read.read` is the door. The bytes themselves are opened in a process of their own (`child.py`),
which has a limit of time and memory, no settings, no secrets and no database.
"""
