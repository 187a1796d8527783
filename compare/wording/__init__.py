"""Every sentence and every escaper: what is said of numbers, verdicts and evidence, how names are made safe."""
