### Fragebögen: Aussagen, Skalen, Quellenangaben, und was nur für die Person selbst ist.
