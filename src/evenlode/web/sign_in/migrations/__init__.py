"""How the tables of sign-in came to be."""
