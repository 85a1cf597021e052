"""The tests, at the paths of the lessons they prove."""
