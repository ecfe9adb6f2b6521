"""The shelf, the page of one product and buying from it, asked as browsers ask."""
