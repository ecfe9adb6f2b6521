"""The ledger: double entry that holds under any order of steps and any number of hands."""
