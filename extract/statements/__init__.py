"""Statements of banks and wallets: rows in order, chained and proved; clean transactions."""
