"""Stand-ins for the outside world, shipped so that everybody can try the shop without it. No room knows them."""
