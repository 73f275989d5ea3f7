"""What of the old file is brought into the new one."""
