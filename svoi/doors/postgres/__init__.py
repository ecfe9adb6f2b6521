"""The embedded PostgreSQL: the wheel's programs under a life cycle of our own."""

from svoi.doors.postgres.temporary import temporary_postgres

__all__ = ["temporary_postgres"]
