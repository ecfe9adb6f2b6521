"""What a rehearsal takes from the house: one show and what stands around it, by the rows of its database."""
