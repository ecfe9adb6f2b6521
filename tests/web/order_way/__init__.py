"""An order's way on its page."""
