"""Damaged files, indexes and requests, made at random from sound ones, and what becomes of them."""
