"""Plans two years of bookings, before a row of them is written."""
