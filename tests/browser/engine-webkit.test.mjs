import { journeys } from './engines/journeys.mjs';

journeys('WebKit');
