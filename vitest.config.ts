import { defineConfig } from 'vitest/config';

// `npm run test:long` sets ASSAY_LONG (test/run.mjs).
const isLong = process.env.ASSAY_LONG === '1';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/e2e/**', ...(isLong ? [] : ['**/*.long.test.ts'])],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: isLong ? 600_000 : 60_000,
    hookTimeout: 60_000,
  },
});
