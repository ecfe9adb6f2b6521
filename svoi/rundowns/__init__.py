"""The rundown: a show planned as data, and nothing said on air that nobody has proof for."""
