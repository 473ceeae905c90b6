"""Runs the web server, the worker and the embedded database on one machine, as `make demo` does."""
