"""Signing in: who somebody is, how long it holds, what is refused, and what is written down of it."""
