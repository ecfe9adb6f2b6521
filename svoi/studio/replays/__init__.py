"""What the studio's pages after a show are made of: words, asks, parts and files."""
