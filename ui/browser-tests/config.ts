import { defineConfig } from 'vitest/config';

/** The page in Debian's Chromium, which is what Windows shows it in, with the fake host. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['browser-tests/**/*.test.ts'],
    globalSetup: 'browser-tests/serve.ts',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One browser at a time: what is measured must not wait for another test.
    fileParallelism: false,
  },
});
