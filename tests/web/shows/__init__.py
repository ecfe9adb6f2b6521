"""The show room and its sheet, asked as browsers ask."""
