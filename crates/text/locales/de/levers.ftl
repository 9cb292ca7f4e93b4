### Der Katalog der Hebel und ihre Tafeln.
