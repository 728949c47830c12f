"""The service: pages for every role."""
