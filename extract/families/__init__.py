"""What families of papers share: courts, invoices, meter bills, tax returns, the bank's own papers, and parties to them."""
