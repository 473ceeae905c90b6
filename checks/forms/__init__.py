"""What people type, by page: shape only."""
