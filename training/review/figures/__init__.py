"""The figures of the notebooks, one file each: from data to a picture and the sentence that says what to see."""
