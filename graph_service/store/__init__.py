"""One store for both engines: driver, embedded engine, query library, transactions, data version."""
