import { defineConfig } from 'vitest/config';

/** What the page costs in Chromium: printed, and held to its limits. `npm run measure`. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['browser-tests/measures.ts', 'browser-tests/speed.test.ts'],
    // What is measured must not wait for another file.
    fileParallelism: false,
    globalSetup: 'browser-tests/serve.ts',
    testTimeout: 900_000,
    hookTimeout: 60_000,
  },
});
