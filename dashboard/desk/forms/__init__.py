"""What editors fill in; each form turns what was typed into rows, and decides nothing."""
