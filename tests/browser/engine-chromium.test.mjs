import { journeys } from './engines/journeys.mjs';

journeys('Chromium');
