"""Data sets and measurements. Prints figures and the plans of the hot queries; asserts nothing."""
