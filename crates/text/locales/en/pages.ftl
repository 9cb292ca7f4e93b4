### Pages of the app: navigation, forms, errors.
