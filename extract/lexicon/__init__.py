"""Words as data: TOML files a loan officer can read and extend. Every entry brings an example and a counter-example."""
