"""What stands on each page: a view a page, a module a noun."""
