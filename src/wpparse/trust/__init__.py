"""How far to trust a plan: is the file a circular at all, how likely is each value right, what must be looked at."""
