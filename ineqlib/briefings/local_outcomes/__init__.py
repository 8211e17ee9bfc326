"""An area by the outcomes and metrics of the Local Outcomes Framework."""
