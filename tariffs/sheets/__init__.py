"""Charge sheets as files: read, checked and tried without a database."""
