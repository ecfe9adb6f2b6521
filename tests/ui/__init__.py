"""Proofs about the shared look: its colours, words, icons, weight and vendored code."""
