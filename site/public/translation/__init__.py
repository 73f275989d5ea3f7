"""What of a campaign is translated, block by block (docs/campaigns.md)."""
