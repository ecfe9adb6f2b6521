"""The kernel: values every floor may use, made of the standard library only."""
