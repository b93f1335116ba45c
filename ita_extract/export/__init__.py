"""Archive → tables: CSV, the Frictionless data package, views, and every schema, all derived from the record types."""
