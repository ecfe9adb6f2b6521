"""The rules of a show: when it is on air, who may buy what is pinned, what may be said."""
