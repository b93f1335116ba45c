"""Damaged files made at random: to be read or refused with a typed error, in bounded time."""
