"""The office's desk: today, the meetings, and the record of each as it is written."""
