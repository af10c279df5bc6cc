"""The front door: HTTP, pages and command line. The only room that sees everything and wires it together."""
