"""The doors of the house: what starts, keeps, and stops everything on one machine; knows nothing of Django."""
