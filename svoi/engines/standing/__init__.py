"""Standing: the arithmetic of a reputation that rings cannot print, in whole micro-points, the same on every machine.

`entries` and `chains` keep what was earned and show what was touched; `roots` publishes a day; `replaying` explains one
balance and `recounting` counts all of them; `credit`, `decay`, `capacity`, `regions` and `bridging` are the formulas.
"""
