"""The desk: decides what thousands reach for at once, one commit for many, and answers only after it."""
