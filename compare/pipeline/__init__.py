"""What is computed of a collection, from texts to clusters and aligned pairs. plan.py says the order. Pure."""
