"""Whether money follows need: several funders' spending against need, and a share by need."""
