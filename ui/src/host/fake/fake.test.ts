import { expect, it } from 'vitest';
import { fakeHost } from '../fake';

it('can be waited for: it is a host, not a promise', async () => {
  const host = await Promise.resolve(fakeHost());
  expect((await host.snapshot()).accounts).toHaveLength(1);
});
