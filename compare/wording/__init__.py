"""Every sentence and every escaper: what is said of numbers, verdicts and evidence, and how names are made safe to show."""
