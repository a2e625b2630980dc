import { modelSuite } from './model-suite.js';

modelSuite({ sequences: 300, races: 30 });
