"""Documents to segments: where documents come from, how they are written, how segments are merged."""
