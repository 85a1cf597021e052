"""Faster versions of the lessons' rules, at the same paths. Each is tested against its lesson."""
