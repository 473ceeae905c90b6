"""Backup and restore, with client tools of the server's own major version."""
