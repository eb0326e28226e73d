import { defineConfig } from 'vitest/config';

const each = {
  environment: 'node',
  testTimeout: 60_000,
  hookTimeout: 60_000,
  maxConcurrency: 2,
} as const;

/** The page in Debian's Chromium, which is what Windows shows it in, with the fake host. */
export default defineConfig({
  test: {
    globalSetup: 'browser-tests/serve.ts',
    projects: [
      {
        extends: true,
        test: {
          ...each,
          name: 'behaviour',
          include: ['browser-tests/**/*.test.ts'],
          exclude: ['browser-tests/speed.test.ts'],
          maxWorkers: 2,
        },
      },
      // By itself and afterwards: what is measured must not wait for another test.
      {
        extends: true,
        test: {
          ...each,
          name: 'speed',
          include: ['browser-tests/speed.test.ts'],
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
