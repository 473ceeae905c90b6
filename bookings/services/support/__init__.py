"""Help with the price: free hours, vouchers and grants. What people do is in `granting`."""
