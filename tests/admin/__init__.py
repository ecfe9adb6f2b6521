"""Proofs about the operators' pages: who finds them, what they show, and that they change nothing but plain words."""
