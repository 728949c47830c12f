"""Tests of the record: loads, receipts, withdrawals, manifests, damage, sudden ends."""
