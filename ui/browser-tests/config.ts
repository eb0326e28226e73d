import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const each = { environment: 'node', testTimeout: 60_000, hookTimeout: 60_000 } as const;

/** What takes longest begins first, also where no run before says so: nothing waits for it at the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) =>
      moduleId.endsWith('/screens.test.ts') ? 0 : 1;
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

/** The page in Debian's Chromium, which is what Windows shows it in, with the fake host. */
export default defineConfig({
  test: {
    globalSetup: 'browser-tests/serve.ts',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          ...each,
          name: 'behaviour',
          include: ['browser-tests/**/*.test.ts'],
          exclude: ['browser-tests/speed.test.ts'],
          maxWorkers: 2,
          // Files share nothing but what they import, which then is read once.
          isolate: false,
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
