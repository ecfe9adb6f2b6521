"""The worker's tasks, all known once this is imported: consequences of events, and what the clock brings round."""

from svoi.jobs.tasks import consequences, groups, keeping, orders, parcels, shows

__all__ = ["consequences", "groups", "keeping", "orders", "parcels", "shows"]
