"""What runs the site: its needs and health, logs and measurements, the worker, and what sets it up."""
