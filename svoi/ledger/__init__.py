"""The ledger: double entry in minor units, where nothing is changed, removed or printed."""
