import { overspendingSuite } from '../test/ledger/overspending-suite.js';

overspendingSuite(50);
