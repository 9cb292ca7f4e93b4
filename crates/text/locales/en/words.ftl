### Sentences about published figures; the same on page, paper and in mail.
