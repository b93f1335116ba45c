"""Scans made from printed pages: what office scanners, fax machines and telephones do to them."""
