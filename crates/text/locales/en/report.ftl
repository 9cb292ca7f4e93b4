### The monthly report.
