"""The rights of people over what is known about them: consents, exports, erasures."""
