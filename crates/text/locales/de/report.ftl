### Der Monatsbericht.
