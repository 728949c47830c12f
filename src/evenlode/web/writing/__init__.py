"""From a day's position to the rows that pages read: written whole, under the manifest's number."""
