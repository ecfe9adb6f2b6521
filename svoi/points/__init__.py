"""Points: a benefit of a community, earned by what was kept and spent at checkout; never money."""
