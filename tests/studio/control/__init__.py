"""The control room in the console: who finds what, what each form does, and what a refusal says."""
