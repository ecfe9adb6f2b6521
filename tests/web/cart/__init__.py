"""The cart and the checkout, asked as browsers ask."""
