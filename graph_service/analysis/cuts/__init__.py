"""Cuts: smallest sets of elements that fail a target, and how all of them are found."""
