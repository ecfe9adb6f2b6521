"""Answers to other processes."""
