"""Points: rules, budget, earning, spending, running out."""
