### The ballot side: check-in, verify, kiosk, paper.
