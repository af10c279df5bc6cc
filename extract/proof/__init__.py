"""What arithmetic proves, repairs and accuses: states of values follow from here and from nowhere else."""
