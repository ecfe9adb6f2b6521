"""The still lifes of the demo shop, drawn by program: paint, light, forms and scenes."""
