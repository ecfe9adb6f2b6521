"""Makes the environment on a fresh machine; runs on any Python 3.11 with nothing but the standard library."""
