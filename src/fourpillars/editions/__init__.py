"""Editions: what is published in a month, from plan to page."""
