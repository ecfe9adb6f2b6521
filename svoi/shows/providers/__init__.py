"""The outside world of a show: whoever takes its stream in and packages it."""
