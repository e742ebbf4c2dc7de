"""OFD files (GB/T 33190) → what lies on their pages."""
