"""Requests to servers outside: one client for all of them. Whoever else opens a connection is in the wrong room."""
