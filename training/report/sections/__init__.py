"""The parts of the page, one file each: from report data to what the template prints."""
