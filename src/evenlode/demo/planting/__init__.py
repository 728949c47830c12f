"""What goes wrong in the invented council: each planter edits rows and writes down what a right reading then finds."""
