"""Calendars of busy time that anybody may subscribe to. They say when, never who or what for."""
