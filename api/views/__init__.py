"""Pages about the interface: its documentation, its errors, and people's tokens."""
