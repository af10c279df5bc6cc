"""What things are: the nouns of the house. Imports nothing of ours."""
