"""How it goes where nobody hires by the hour: plots, play streets and markets."""

PLOT = (
    "You join the list. When a plot comes free, the first on the list is shown round and has "
    "two weeks to say yes. A plot is let from October for a year. The wait is about nine months."
)
STREET = (
    "Ask every house in the street; two in three must say yes. The council closes the street to "
    "cars by an order for the season, free of charge. Two neighbours stand at the ends each time."
)
MARKET = (
    "Send what you sell and proof of insurance. A consent for a stall is for a day or a season. "
    "For an event on the square, the safety group meets on the first Tuesday of each month."
)
