"""What reads uploaded sound and film: in processes of their own, with limits. Nothing here knows Django."""
