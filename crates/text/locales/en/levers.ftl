### The lever catalogue and its boards.
