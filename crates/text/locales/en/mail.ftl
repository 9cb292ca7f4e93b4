### E-mails.
