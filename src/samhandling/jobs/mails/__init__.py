"""The builders of mails, one module a kind; settings.MAIL_BUILDERS names them."""
