"""What the office sees of the public site: pages of the admin, panels, labels of the trail."""
