"""The lists that the invented council keeps itself, as a well-run council would: every date in time, every box ticked."""
