import { overspendingSuite } from './overspending-suite.js';

overspendingSuite(5);
