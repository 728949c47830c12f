"""Django's SQLite engine with the audit trail under guard."""
