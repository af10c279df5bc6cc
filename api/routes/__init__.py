"""What can be asked, JSON and pages side by side."""
