"""Flash deals: so many pieces for so long at a price below the lowest, taken in a show's room and never sold twice."""
