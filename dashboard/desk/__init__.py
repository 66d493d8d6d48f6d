"""The editors' desk: pages that turn articles into reviewed figures."""
