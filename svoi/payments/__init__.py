"""Payments: asking a provider for money, and believing only what it confirms."""
