import usual from './jest.config.js';

/** The long run: the same rigs with many more seeds, in `test-long/`. `npm run test:long` takes its time. */
export default {
  ...usual,
  roots: ['<rootDir>/test-long'],
};
