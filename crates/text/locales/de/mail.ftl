### E-Mails.
