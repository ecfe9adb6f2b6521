"""What the pages of honest counting are made of: words, the drawing of a group, and its parts in order."""
