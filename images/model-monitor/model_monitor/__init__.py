"""Judges the data and the answers of a model, and tells a push gateway and an object store what it found."""
