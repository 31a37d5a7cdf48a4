"""The figures of the page, one file each: from data to a picture and the sentence that says what it shows."""
